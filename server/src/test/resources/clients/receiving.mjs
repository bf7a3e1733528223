// The receiving life of an application, by the AWS SDK for JavaScript: `begin` sets everything up, `end` removes it.
import assert from "node:assert/strict";
import * as v1 from "@aws-sdk/client-ses";
import * as v2 from "@aws-sdk/client-sesv2";

const [phase, endpoint, topic, region] = process.argv.slice(2);
const domain = "node.example";
const ses = new v1.SESClient({ endpoint, region });
const sesv2 = new v2.SESv2Client({ endpoint, region });

async function refused(name, command) {
  await assert.rejects(ses.send(command), (error) => {
    assert.equal(error.name, name);
    return true;
  });
}

async function names(set) {
  const described = await ses.send(new v1.DescribeReceiptRuleSetCommand({ RuleSetName: set }));
  return described.Rules.map((rule) => rule.Name);
}

async function begin() {
  const created = await sesv2.send(new v2.CreateEmailIdentityCommand({ EmailIdentity: domain }));
  assert.equal(created.IdentityType, "DOMAIN");
  assert.equal(created.VerifiedForSendingStatus, true);
  const account = topic.split(":")[4];
  const actions = [
    { AddHeaderAction: { HeaderName: "X-Client", HeaderValue: "node" } },
    { S3Action: { BucketName: "mail", ObjectKeyPrefix: "node/", TopicArn: topic } },
    {
      LambdaAction: {
        FunctionArn: `arn:aws:lambda:${region}:${account}:function:route-mail`,
        InvocationType: "RequestResponse",
      },
    },
    { SNSAction: { TopicArn: topic, Encoding: "Base64" } },
  ];
  await ses.send(new v1.CreateReceiptRuleSetCommand({ RuleSetName: "node" }));
  await refused("AlreadyExistsException", new v1.CreateReceiptRuleSetCommand({ RuleSetName: "node" }));
  await refused("RuleSetDoesNotExistException", new v1.DescribeReceiptRuleSetCommand({ RuleSetName: "none" }));
  await ses.send(
    new v1.CreateReceiptRuleCommand({
      RuleSetName: "node",
      Rule: { Name: "store", Enabled: true, Recipients: [`Help+Desk@${domain}`, domain], Actions: actions },
    }),
  );
  await ses.send(
    new v1.CreateReceiptRuleCommand({
      RuleSetName: "node",
      After: "store",
      Rule: { Name: "last", Enabled: true, Actions: [{ StopAction: { Scope: "RuleSet" } }] },
    }),
  );
  assert.deepEqual(await names("node"), ["store", "last"]);
  await ses.send(new v1.SetActiveReceiptRuleSetCommand({ RuleSetName: "node" }));
  const active = await ses.send(new v1.DescribeActiveReceiptRuleSetCommand({}));
  assert.equal(active.Metadata.Name, "node");
  assert.ok(active.Metadata.CreatedTimestamp instanceof Date);
}

async function end() {
  await ses.send(new v1.ReorderReceiptRuleSetCommand({ RuleSetName: "node", RuleNames: ["last", "store"] }));
  assert.deepEqual(await names("node"), ["last", "store"]);
  await ses.send(new v1.CloneReceiptRuleSetCommand({ RuleSetName: "node-copy", OriginalRuleSetName: "node" }));
  assert.deepEqual(await names("node-copy"), ["last", "store"]);
  await refused("CannotDeleteException", new v1.DeleteReceiptRuleSetCommand({ RuleSetName: "node" }));
  await ses.send(new v1.SetActiveReceiptRuleSetCommand({}));
  await ses.send(new v1.DeleteReceiptRuleSetCommand({ RuleSetName: "node" }));
  await ses.send(new v1.DeleteReceiptRuleSetCommand({ RuleSetName: "node-copy" }));
  const sets = await ses.send(new v1.ListReceiptRuleSetsCommand({}));
  assert.deepEqual(sets.RuleSets, []);
  await sesv2.send(new v2.DeleteEmailIdentityCommand({ EmailIdentity: domain }));
  await assert.rejects(sesv2.send(new v2.GetEmailIdentityCommand({ EmailIdentity: domain })), { name: "NotFoundException" });
}

await { begin, end }[phase]();
