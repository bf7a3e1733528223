#!/usr/bin/env bash
# The receiving life of an application, by the aws command: `begin` sets everything up, `end` changes and removes it.
set -euo pipefail
phase=$1 endpoint=$2 sink=$3 region=$4
domain=cli.example

aws() { "$AWS" --endpoint-url "$endpoint" --region "$region" --output text "$@"; }

expect() {
  if [ "$1" != "$2" ]; then
    echo "expected '$1', got '$2'" >&2
    exit 1
  fi
}

refused() {
  local code=$1 said
  shift
  if said=$(aws "$@" 2>&1); then
    echo "$code was expected of $*" >&2
    exit 1
  fi
  case $said in
    *"($code)"*) ;;
    *)
      echo "expected $code, got $said" >&2
      exit 1
      ;;
  esac
}

names() { aws ses describe-receipt-rule-set --rule-set-name "$1" --query 'Rules[].Name' | tr '\t' ' '; }

begin() {
  aws ses verify-domain-identity --domain "$domain" >/dev/null
  expect Success "$(aws ses get-identity-verification-attributes --identities "$domain" \
    --query "VerificationAttributes.\"$domain\".VerificationStatus")"
  local topic account
  topic=$(aws sns create-topic --name cli --query TopicArn)
  aws sns subscribe --topic-arn "$topic" --protocol http --notification-endpoint "$sink/sns/cli" >/dev/null
  account=$(cut -d: -f5 <<<"$topic")
  aws ses create-receipt-rule-set --rule-set-name cli
  refused AlreadyExists ses create-receipt-rule-set --rule-set-name cli
  refused RuleSetDoesNotExist ses describe-receipt-rule-set --rule-set-name none
  refused ValidationError ses create-receipt-rule-set --rule-set-name 'a b'
  aws ses create-receipt-rule --rule-set-name cli --rule '{
    "Name": "store", "Enabled": true, "Recipients": ["'$domain'"],
    "Actions": [
      {"AddHeaderAction": {"HeaderName": "X-Client", "HeaderValue": "cli"}},
      {"S3Action": {"BucketName": "mail", "ObjectKeyPrefix": "cli", "TopicArn": "'"$topic"'"}},
      {"LambdaAction": {"FunctionArn": "arn:aws:lambda:'"$region:$account"':function:route-mail",
        "InvocationType": "RequestResponse"}},
      {"SNSAction": {"TopicArn": "'"$topic"'", "Encoding": "Base64"}}]}'
  aws ses create-receipt-rule --rule-set-name cli --after store --rule \
    'Name=last,Enabled=true,Actions=[{StopAction={Scope=RuleSet}}]'
  expect "store last" "$(names cli)"
  aws ses set-active-receipt-rule-set --rule-set-name cli
  expect cli "$(aws ses describe-active-receipt-rule-set --query Metadata.Name)"
}

end() {
  aws ses reorder-receipt-rule-set --rule-set-name cli --rule-names last store
  expect "last store" "$(names cli)"
  aws ses clone-receipt-rule-set --rule-set-name cli-copy --original-rule-set-name cli
  expect "last store" "$(names cli-copy)"
  refused CannotDelete ses delete-receipt-rule-set --rule-set-name cli
  aws ses set-active-receipt-rule-set
  aws ses delete-receipt-rule-set --rule-set-name cli
  aws ses delete-receipt-rule-set --rule-set-name cli-copy
  expect 0 "$(aws ses list-receipt-rule-sets --query 'length(RuleSets)')"
  aws sns delete-topic --topic-arn "$(aws sns list-topics --query 'Topics[0].TopicArn')"
  aws sesv2 delete-email-identity --email-identity "$domain"
  expect 0 "$(aws ses list-identities --query 'length(Identities)')"
}

"$phase"
