package io.waypost.config;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The server's file. Every key is described in docs/configuration.md.
 *
 * @param hostname this server's own name: greeting, EHLO, Received
 * @param data where the spool and the ledger are; relative paths begin at the working directory
 * @param smtp the listeners
 * @param submission the listeners for applications
 * @param domains what this server is MX for: lower case, each once
 * @param dns how DNS is asked
 * @param checks what is found out about a mail before it is accepted
 * @param filters which client addresses may connect
 * @param objects where the {@code s3} action puts objects
 * @param webhooks by name
 * @param functions who carries out Lambda functions, by name
 * @param topics the subscribers of each topic, by name
 * @param eventTargets what stands for delivery streams and event buses of AWS
 * @param privateSubscribers networks that endpoints subscribed by API calls may lie in, beside the public internet
 * @param endpoints Camel endpoints by name
 * @param retry when a failed effect is tried again
 * @param rules where the rule sets are
 * @param http where health and metrics are served
 * @param httpUrl where the world reaches it: scheme, host and port
 * @param httpLimits what its clients may take
 * @param httpProxies whose X-Forwarded-For is believed there
 * @param outbound where mail that leaves goes
 * @param accounts whose requests the APIs take; at least one
 * @param ses how the APIs behave
 * @param history how long the story of a settled mail is kept
 * @param store how content is kept
 * @param work bounds of the work in hand
 * @param mailLog the log of mails
 * @param effective every key with the value in force, one {@code key: value} a line, secrets as {@code ***}
 */
public record WaypostConfig(
        String hostname,
        Path data,
        SmtpSettings smtp,
        SubmissionSettings submission,
        List<String> domains,
        DnsSettings dns,
        ChecksSettings checks,
        List<FilterSettings> filters,
        ObjectSettings objects,
        Map<String, WebhookSettings> webhooks,
        Map<String, FunctionSettings> functions,
        Map<String, List<SubscriberSettings>> topics,
        List<EventTargetSettings> eventTargets,
        List<CidrBlock> privateSubscribers,
        Map<String, EndpointSettings> endpoints,
        RetrySettings retry,
        RulePatterns rules,
        InetSocketAddress http,
        URI httpUrl,
        HttpLimits httpLimits,
        List<CidrBlock> httpProxies,
        OutboundSettings outbound,
        List<AccountSettings> accounts,
        SesSettings ses,
        Duration history,
        StoreSettings store,
        WorkSettings work,
        MailLogSettings mailLog,
        String effective) {

    public WaypostConfig {
        domains = List.copyOf(domains);
        filters = List.copyOf(filters);
        accounts = List.copyOf(accounts);
        webhooks = Map.copyOf(webhooks);
        functions = Map.copyOf(functions);
        topics = Map.copyOf(topics);
        eventTargets = List.copyOf(eventTargets);
        privateSubscribers = List.copyOf(privateSubscribers);
        endpoints = Map.copyOf(endpoints);
    }
}
