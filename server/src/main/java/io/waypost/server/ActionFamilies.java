package io.waypost.server;

import io.waypost.actions.bounce.BounceHandler;
import io.waypost.actions.endpoint.CamelEndpoints;
import io.waypost.actions.endpoint.EndpointHandler;
import io.waypost.actions.fields.Names;
import io.waypost.actions.forward.ForwardHandler;
import io.waypost.actions.header.AddHeaderHandler;
import io.waypost.actions.json.MailReceivedJson;
import io.waypost.actions.lambda.FunctionSettings;
import io.waypost.actions.lambda.LambdaHandler;
import io.waypost.actions.mailet.MailetHandler;
import io.waypost.actions.mailet.MailetSettings;
import io.waypost.actions.notification.NotifyHandler;
import io.waypost.actions.reject.RejectHandler;
import io.waypost.actions.s3.Encryption;
import io.waypost.actions.s3.KmsKeys;
import io.waypost.actions.s3.ObjectStore;
import io.waypost.actions.s3.S3Handler;
import io.waypost.actions.stop.StopHandler;
import io.waypost.actions.webhook.TikaTypes;
import io.waypost.actions.webhook.WebhookHandler;
import io.waypost.actions.webhook.WebhookSettings;
import io.waypost.actions.webhook.http.HttpSender;
import io.waypost.actions.webhook.http.WebhookSecret;
import io.waypost.config.ConfigResult;
import io.waypost.config.EndpointSettings;
import io.waypost.config.SubscriberSettings;
import io.waypost.config.WaypostConfig;
import io.waypost.config.text.Problems;
import io.waypost.message.Domain;
import io.waypost.message.dsn.FailureNotices;
import io.waypost.message.mime.MailReader;
import io.waypost.message.mime.ParseLimits;
import io.waypost.message.port.Submission;
import io.waypost.message.topic.Publishing;
import io.waypost.message.topic.TopicArn;
import io.waypost.message.topic.Topics;
import io.waypost.rules.ActionHandler;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;

/** Every action family a rule file may name, made from the configuration. */
final class ActionFamilies {

    private static final String JARS = "ext/";

    private ActionFamilies() {}

    /** What families use of the world. */
    record Means(
            ObjectStore objects,
            HttpSender http,
            CamelEndpoints endpoints,
            Submission submission,
            Topics topics,
            Publishing publishing,
            Clock clock) {}

    /**
     * The families, and what of them outlives single mails.
     *
     * @param all every family
     * @param mailets begins and ends mailets as rule sets come and go
     */
    record Families(List<ActionHandler<?>> all, MailetHandler mailets) {}

    /** The families of a server that runs. */
    static Families of(WaypostConfig config, Means means) {
        return of(ConfigResult.Readable.whole(config), means);
    }

    /** The same where the server's file may have faults: good for reading rule files only. */
    static Families of(ConfigResult.Readable readable, Means means) {
        WaypostConfig config = readable.config();
        MailReader reader = new MailReader(ParseLimits.DEFAULT, new TikaTypes());
        MailReceivedJson json = new MailReceivedJson(reader, means.objects());
        FailureNotices notices = new FailureNotices(config.hostname(), means.submission(), means.clock());
        NotifyHandler notify = new NotifyHandler(
                names(readable, "topics", "topic", config.topics().keySet())
                        .or(name -> TopicArn.parse(name).isPresent()),
                means.topics(),
                means.publishing(),
                reader);
        List<ActionHandler<?>> families = new ArrayList<>();
        families.add(new S3Handler(means.objects(), kmsKeys(config), notify));
        families.add(new LambdaHandler(
                functions(config),
                !readable.doubtful().contains("functions"),
                means.http(),
                notify::lambdaEvent,
                notify));
        families.add(new WebhookHandler(
                names(readable, "webhooks", "webhook", config.webhooks().keySet()),
                webhooks(config),
                means.http(),
                json,
                notify::lambdaEvent));
        families.add(notify);
        families.add(new BounceHandler(notices, notify));
        families.add(new RejectHandler(notices));
        families.add(new ForwardHandler(
                means.submission(), config.hostname(), config.smtp().limits().hops()));
        families.add(new AddHeaderHandler());
        families.add(new StopHandler(notify));
        families.add(new EndpointHandler(
                names(readable, "endpoints", "endpoint", config.endpoints().keySet()), means.endpoints(), json));
        MailetHandler mailets = new MailetHandler(
                new MailetSettings(
                        config.hostname(),
                        config.domains().stream().map(Domain::new).collect(Collectors.toSet()),
                        config.data().resolve("mailets")),
                means.submission(),
                ActionFamilies.class.getClassLoader());
        families.add(mailets);
        return new Families(List.copyOf(families), mailets);
    }

    private static Names names(ConfigResult.Readable readable, String section, String noun, Set<String> given) {
        return new Names(noun, given, !readable.doubtful().contains(section));
    }

    private static Map<String, WebhookSettings> webhooks(WaypostConfig config) {
        Map<String, WebhookSettings> webhooks = new HashMap<>();
        config.webhooks()
                .forEach((name, settings) -> webhooks.put(
                        name,
                        new WebhookSettings(
                                name,
                                settings.url(),
                                Optional.of(WebhookSecret.of(settings.secret().reveal())),
                                settings.timeout(),
                                settings.concurrency(),
                                settings.allowPrivate())));
        return webhooks;
    }

    static KmsKeys kmsKeys(WaypostConfig config) {
        Map<String, Encryption> keys = new HashMap<>();
        config.objects().s3().ifPresent(s3 -> s3.kmsKeys()
                .forEach(key -> keys.put(
                        key.arn(), key.kms() ? new Encryption.KeyService(key.key()) : new Encryption.StoreKeys())));
        return new KmsKeys(keys);
    }

    static Map<String, FunctionSettings> functions(WaypostConfig config) {
        Map<String, FunctionSettings> functions = new HashMap<>();
        config.functions()
                .forEach((name, settings) -> functions.put(
                        name,
                        new FunctionSettings(
                                settings.url(),
                                settings.api(),
                                settings.secret().map(secret -> WebhookSecret.of(secret.reveal())),
                                settings.timeout(),
                                settings.concurrency(),
                                settings.allowPrivate())));
        return functions;
    }

    /**
     * Makes every Camel endpoint of the configuration: those rules name, and those that topics send to.
     *
     * @param problems takes each endpoint that cannot be made
     */
    static CamelEndpoints endpoints(WaypostConfig config, CamelContext camel, Problems problems) {
        CamelEndpoints endpoints = new CamelEndpoints(camel, JARS);
        new TreeMap<>(config.endpoints()).forEach((name, settings) -> add(endpoints, name, name, settings, problems));
        new TreeMap<>(config.topics()).forEach((topic, subscribers) -> {
            for (int i = 0; i < subscribers.size(); i++) {
                if (subscribers.get(i) instanceof SubscriberSettings.Camel(EndpointSettings settings)) {
                    add(endpoints, TopicSubscribers.endpoint(topic, i), "camel", settings, problems);
                }
            }
        });
        config.eventTargets().forEach(target -> {
            if (target.endpoint() instanceof SubscriberSettings.Camel(EndpointSettings settings)) {
                add(endpoints, TopicSubscribers.endpoint(target.arn()), "camel", settings, problems);
            }
        });
        return endpoints;
    }

    private static void add(
            CamelEndpoints endpoints, String name, String key, EndpointSettings settings, Problems problems) {
        try {
            endpoints.add(name, settings.uri().reveal());
        } catch (IllegalArgumentException e) {
            problems.add(settings.place(), "'" + key + "': " + Faults.inOneLine(e));
        }
    }
}
