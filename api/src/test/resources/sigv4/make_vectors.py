"""Writes vectors.json: requests as botocore signs them, an implementation that is not ours.

    python3 make_vectors.py > vectors.json      (needs the package botocore)
"""

import datetime
import json

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

KEY, SECRET = "AKIDEXAMPLEAKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
NOW = datetime.datetime(2015, 8, 30, 12, 36, 0, tzinfo=datetime.timezone.utc)
FORM = "application/x-www-form-urlencoded; charset=utf-8"
HOST = "http://127.0.0.1:8080"

REQUESTS = [
    # name, form, service, region, method, target, headers, body
    ("query API", "header", "ses", "us-east-1", "POST", "/", [("Content-Type", FORM)],
     "Action=ListIdentities&Version=2010-12-01"),
    ("query API by GET", "header", "ses", "us-east-1", "GET",
     "/?Version=2010-12-01&Action=ListIdentities&NextToken=a%2Bb%2F%20%3D", [], ""),
    ("REST with an address in the path", "header", "ses", "eu-west-1", "GET",
     "/v2/email/identities/a%2Bb%40example.com", [], ""),
    ("REST with an encoded slash and a tilde", "header", "ses", "eu-west-1", "DELETE",
     "/v2/email/contact-lists/a%2Fb~c/contacts/%C3%BC%40example.com", [], ""),
    ("REST with a query in another order", "header", "ses", "us-east-1", "GET",
     "/v2/email/identities?PageSize=10&NextToken=zz&A=2&A=1&A-b=3&empty=", [], ""),
    ("JSON body beyond ASCII", "header", "ses", "us-east-1", "POST", "/v2/email/identities",
     [("Content-Type", "application/json")], '{"EmailIdentity":"b\u00fccher.example"}'),
    ("target header", "header", "ses", "us-east-1", "POST", "/",
     [("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Target", "MailManagerSvc.ListArchives")], "{}"),
    ("spaces in headers", "header", "ses", "us-east-1", "POST", "/",
     [("X-Amz-Meta-Spaces", "  a   b \t c  "), ("My-Header", "\"x   y\"")], ""),
    ("a header that comes twice", "header", "ses", "us-east-1", "GET", "/v2/email/account",
     [("X-Amz-Meta-Twice", "b"), ("X-Amz-Meta-Twice", "  a  a ")], ""),
    ("the notification service", "header", "sns", "us-east-1", "POST", "/", [("Content-Type", FORM)],
     "Action=Publish&Version=2010-03-31&Message=%F0%9F%93%AC"),
    ("an empty path", "header", "ses", "us-east-1", "GET", "", [], ""),
    ("presigned", "query", "ses", "us-east-1", "GET", "/?Action=GetSendQuota&Version=2010-12-01", [], ""),
    ("presigned with an address in the path", "query", "ses", "eu-west-1", "GET",
     "/v2/email/identities/a%2Bb%40example.com?x=%7E~&y", [], ""),
    ("presigned with a header", "query", "sns", "us-east-1", "GET", "/?Action=ListTopics&Version=2010-03-31",
     [("X-Amz-Meta-One", "1")], ""),
]


def signed(name, form, service, region, method, target, headers, body):
    request = AWSRequest(method=method, url=HOST + target, data=body.encode())
    for header, value in headers:
        request.headers.add_header(header, value)
    signer = botocore.auth.SigV4Auth if form == "header" else botocore.auth.SigV4QueryAuth
    signer(Credentials(KEY, SECRET), service, region).add_auth(request)
    path, _, query = request.url[len(HOST):].partition("?")
    sent = [["host", "127.0.0.1:8080"]] + [[h.lower(), v] for h, v in request.headers.items()]
    return {"name": name, "service": service, "region": region, "method": method, "path": path, "query": query,
            "headers": sent, "body": body}


botocore.auth.get_current_datetime = lambda *_, **__: NOW.replace(tzinfo=None)
vectors = [signed(*request) for request in REQUESTS]
print(json.dumps({"key": KEY, "secret": SECRET, "time": NOW.isoformat().replace("+00:00", "Z"), "vectors": vectors},
                 indent=2))
