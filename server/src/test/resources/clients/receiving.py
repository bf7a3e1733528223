"""The receiving life of an application, by boto3: `begin` sets everything up, `end` changes and removes it."""

import sys

import boto3
from botocore.exceptions import ClientError

phase, endpoint, sink, region = sys.argv[1:5]
DOMAIN = "python.example"


def client(service):
    return boto3.client(service, endpoint_url=endpoint, region_name=region)


ses, sesv2, sns = client("ses"), client("sesv2"), client("sns")


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error.response
        return
    raise AssertionError(f"{code} was expected")


def names(rule_set):
    return [rule["Name"] for rule in ses.describe_receipt_rule_set(RuleSetName=rule_set)["Rules"]]


def begin():
    ses.verify_domain_identity(Domain=DOMAIN)
    status = ses.get_identity_verification_attributes(Identities=[DOMAIN])["VerificationAttributes"][DOMAIN]
    assert status["VerificationStatus"] == "Success", status
    identity = sesv2.get_email_identity(EmailIdentity=DOMAIN)
    assert identity["VerifiedForSendingStatus"] is True and identity["IdentityType"] == "DOMAIN", identity

    topic = sns.create_topic(Name="python")["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=sink + "/sns/python")
    account = topic.split(":")[4]
    function = f"arn:aws:lambda:{region}:{account}:function:route-mail"

    ses.create_receipt_rule_set(RuleSetName="python")
    refused("AlreadyExists", ses.create_receipt_rule_set, RuleSetName="python")
    refused("RuleSetDoesNotExist", ses.describe_receipt_rule_set, RuleSetName="none")
    ses.create_receipt_rule(
        RuleSetName="python",
        Rule={"Name": "last", "Enabled": True, "Actions": [{"StopAction": {"Scope": "RuleSet"}}]},
    )
    ses.create_receipt_rule(
        RuleSetName="python",
        Rule={
            "Name": "store",
            "Enabled": True,
            "Recipients": [DOMAIN],
            "Actions": [
                {"AddHeaderAction": {"HeaderName": "X-Client", "HeaderValue": "python"}},
                {"S3Action": {"BucketName": "mail", "ObjectKeyPrefix": "python", "TopicArn": topic}},
                {"LambdaAction": {"FunctionArn": function, "InvocationType": "RequestResponse"}},
                {"SNSAction": {"TopicArn": topic, "Encoding": "Base64"}},
            ],
        },
    )
    refused(
        "InvalidS3Configuration",
        ses.create_receipt_rule,
        RuleSetName="python",
        Rule={"Name": "x", "Actions": [{"S3Action": {"BucketName": "nobody-made-it"}}]},
    )
    assert names("python") == ["store", "last"]
    ses.set_active_receipt_rule_set(RuleSetName="python")
    active = ses.describe_active_receipt_rule_set()
    assert active["Metadata"]["Name"] == "python", active
    ses.create_receipt_filter(Filter={"Name": "bad", "IpFilter": {"Policy": "Block", "Cidr": "192.0.2.0/24"}})
    assert [f["Name"] for f in ses.list_receipt_filters()["Filters"]] == ["bad"]


def end():
    ses.reorder_receipt_rule_set(RuleSetName="python", RuleNames=["last", "store"])
    assert names("python") == ["last", "store"]
    ses.set_receipt_rule_position(RuleSetName="python", RuleName="store")
    assert names("python") == ["store", "last"]
    rule = ses.describe_receipt_rule(RuleSetName="python", RuleName="store")["Rule"]
    rule["Enabled"] = False
    ses.update_receipt_rule(RuleSetName="python", Rule=rule)
    assert ses.describe_receipt_rule(RuleSetName="python", RuleName="store")["Rule"]["Enabled"] is False
    ses.clone_receipt_rule_set(RuleSetName="python-copy", OriginalRuleSetName="python")
    assert names("python-copy") == names("python")
    refused("CannotDelete", ses.delete_receipt_rule_set, RuleSetName="python")
    ses.set_active_receipt_rule_set()
    ses.delete_receipt_rule(RuleSetName="python", RuleName="last")
    ses.delete_receipt_rule_set(RuleSetName="python")
    ses.delete_receipt_rule_set(RuleSetName="python-copy")
    assert ses.list_receipt_rule_sets()["RuleSets"] == []
    ses.delete_receipt_filter(FilterName="bad")
    [topic] = [t["TopicArn"] for t in sns.list_topics()["Topics"]]
    [subscription] = sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
    sns.unsubscribe(SubscriptionArn=subscription["SubscriptionArn"])
    sns.delete_topic(TopicArn=topic)
    sesv2.delete_email_identity(EmailIdentity=DOMAIN)
    assert ses.list_identities()["Identities"] == []


{"begin": begin, "end": end}[phase]()
