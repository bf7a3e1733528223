"""Sends one mail in each way that boto3 has. Arguments: endpoint, region."""
import re
import sys

import boto3

endpoint, region = sys.argv[1:3]
ses = boto3.client("ses", endpoint_url=endpoint, region_name=region)
sesv2 = boto3.client("sesv2", endpoint_url=endpoint, region_name=region)
FORM = re.compile(r"0100[0-9a-f]{12}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-000000")


def sent(answer):
    assert FORM.fullmatch(answer["MessageId"]), answer


sesv2.create_email_identity(EmailIdentity="shop.test")
sent(ses.send_email(
    Source="news@shop.test",
    Destination={"ToAddresses": ["py-1@customer.test"]},
    Message={"Subject": {"Data": "One"}, "Body": {"Text": {"Data": "Hello"}, "Html": {"Data": "<p>Hello</p>"}}},
))
sent(ses.send_raw_email(RawMessage={"Data": b"From: news@shop.test\nTo: py-2@customer.test\nSubject: Two\n\nHello\n"}))
sesv2.create_email_template(
    TemplateName="offer", TemplateContent={"Subject": "For {{name}}", "Text": "{{#each items}}{{this}} {{/each}}"})
bulk = sesv2.send_bulk_email(
    FromEmailAddress="news@shop.test",
    DefaultContent={"Template": {"TemplateName": "offer", "TemplateData": '{"name": "all", "items": ["a", "b"]}'}},
    BulkEmailEntries=[
        {"Destination": {"ToAddresses": ["py-3@customer.test"]},
         "ReplacementEmailContent": {"ReplacementTemplate": {"ReplacementTemplateData": '{"name": "Ann"}'}}},
        {"Destination": {"ToAddresses": ["py-4@customer.test"]}},
    ],
)
assert [entry["Status"] for entry in bulk["BulkEmailEntryResults"]] == ["SUCCESS", "SUCCESS"], bulk
try:
    ses.send_email(
        Source="news@shop.test",
        Destination={"ToAddresses": ["py-5@customer.test"]},
        Message={"Subject": {"Data": "x"}, "Body": {"Text": {"Data": "y"}}},
        ConfigurationSetName="none",
    )
    raise AssertionError("an unknown configuration set was taken")
except ses.exceptions.ConfigurationSetDoesNotExistException:
    pass
