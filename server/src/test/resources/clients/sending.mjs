// Sends with nodemailer's SES transport. Arguments: endpoint, region.
import { CreateEmailIdentityCommand, SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import nodemailer from "nodemailer";

const [endpoint, region] = process.argv.slice(2);
const sesClient = new SESv2Client({ endpoint, region });
await sesClient.send(new CreateEmailIdentityCommand({ EmailIdentity: "shop.test" }));
const transport = nodemailer.createTransport({ SES: { sesClient, SendEmailCommand } });
const sent = await transport.sendMail({
  from: "News <news@shop.test>",
  to: "node-1@customer.test",
  subject: "One, Grüße",
  text: "Hello",
  html: "<p>Hello</p>",
  attachments: [{ filename: "a.txt", content: "in a file" }],
  ses: { EmailTags: [{ Name: "campaign", Value: "spring" }] },
});
if (!/^<0100[0-9a-f]{12}-[0-9a-f-]{36}-000000@/.test(sent.messageId)) throw new Error(JSON.stringify(sent));
