"""Submits two mails with smtplib: over TLS from the first byte, and over STARTTLS.

Usage: submitting.py IMPLICIT-PORT STARTTLS-PORT USER PASSWORD
"""
import smtplib
import sys
from email.message import EmailMessage

implicit, starttls, user, password = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]


def mail(subject):
    message = EmailMessage()
    message["From"] = "App <app@example.test>"
    message["To"] = "a@far.test, b@far.test"
    message["Subject"] = subject
    message.set_content(".a dot\nand Käse\n")
    return message


with smtplib.SMTP_SSL("127.0.0.1", implicit) as smtp:
    smtp.login(user, password)
    smtp.send_message(mail("implicit"))
with smtplib.SMTP("127.0.0.1", starttls) as smtp:
    smtp.starttls()
    smtp.login(user, password)
    smtp.sendmail("app@example.test", ["a@far.test"], mail("starttls").as_string())
with smtplib.SMTP_SSL("127.0.0.1", implicit) as smtp:
    try:
        smtp.login(user, "wrong")
    except smtplib.SMTPAuthenticationError as refused:
        print(refused.smtp_code, refused.smtp_error.decode())
with smtplib.SMTP("127.0.0.1", starttls) as smtp:
    try:
        smtp.login(user, password)
    except smtplib.SMTPNotSupportedError as refused:
        print("in clear:", refused)
