# Sends one mail in each way that the aws command has. Arguments: endpoint, region.
set -euo pipefail
ses() { "$AWS" ses "$@" --endpoint-url "$ENDPOINT" --region "$REGION" --output text; }
sesv2() { "$AWS" sesv2 "$@" --endpoint-url "$ENDPOINT" --region "$REGION" --output text; }
ENDPOINT=$1 REGION=$2

sesv2 create-email-identity --email-identity shop.test >/dev/null
[ "$(ses get-send-quota --query MaxSendRate)" = 1000.0 ]

ses send-email --from news@shop.test --to cli-1@customer.test --subject "One, Grüße" --text "Hello"
raw=$(printf 'From: news@shop.test\r\nTo: cli-2@customer.test\r\nSubject: Two\r\n\r\nHello\r\n' | base64 -w0)
ses send-raw-email --cli-binary-format base64 --raw-message "Data=$raw"
ses create-template --template '{"TemplateName":"hello","SubjectPart":"Hello {{name}}","TextPart":"Dear {{name}}, <b>"}'
ses send-templated-email --source news@shop.test --destination ToAddresses=cli-3@customer.test \
  --template hello --template-data '{"name":"Ann"}'
sesv2 send-email --from-email-address news@shop.test --destination ToAddresses=cli-4@customer.test \
  --content '{"Simple":{"Subject":{"Data":"Four"},"Body":{"Html":{"Data":"<p>Hello</p>"}}}}'
if refused=$(ses send-email --from a@other.test --to b@customer.test --subject x --text y 2>&1); then exit 1; fi
grep -q 'MessageRejected.*Email address is not verified' <<<"$refused"
