package io.waypost.actions.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.actions.Effects;
import io.waypost.actions.fields.RecordingNotices;
import io.waypost.config.text.Document;
import io.waypost.config.text.Problems;
import io.waypost.config.text.Substitution;
import io.waypost.message.MessageContent;
import io.waypost.message.Outcome;
import io.waypost.rules.Action.StoredObject;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3HandlerTest {

    private static final S3Action ACTION =
            new S3Action("mail", "tickets/", Optional.empty(), Encryption.BUCKET_DEFAULT);
    private static final S3Action WITH_TOPIC =
            new S3Action("mail", "tickets/", Optional.of("inbound"), Encryption.BUCKET_DEFAULT);

    private final List<String> steps = new ArrayList<>();
    private Optional<IOException> fault = Optional.empty();
    private final RecordingNotices notices = new RecordingNotices();
    private boolean encrypts = true;

    private final S3Handler handler = new S3Handler(
            new ObjectStore() {
                @Override
                public String put(StoredObject object, MessageContent content, Encryption encryption)
                        throws IOException {
                    if (fault.isPresent()) {
                        throw fault.get();
                    }
                    steps.add("put " + object.bucket() + " " + object.key() + " " + content.size());
                    return "ETag x";
                }

                @Override
                public boolean encrypts() {
                    return encrypts;
                }

                @Override
                public int concurrency() {
                    return 17;
                }

                @Override
                public void close() {}
            },
            new KmsKeys(java.util.Map.of("arn:aws:kms:us-east-1:123456789012:key/1", new Encryption.StoreKeys())),
            notices);

    @ParameterizedTest
    @CsvSource({"'',''", "inbound,inbound/", "tickets/,tickets/", "/emails,/emails/", "a/b,a/b/"})
    void the_key_is_the_prefix_a_slash_and_the_message_id(String prefix, String before) {
        S3Action action = new S3Action("mail", prefix, Optional.empty(), Encryption.BUCKET_DEFAULT);

        assertThat(action.storesAt(Effects.ID)).contains(new StoredObject("mail", before + Effects.ID));
        assertThat(action.destination()).isEqualTo("s3:mail");
    }

    @Test
    void reads_all_it_may_say() {
        Problems problems = new Problems();

        Optional<S3Action> action = read(
                "{ bucket: mail, prefix: tickets/, topic: inbound, encryption: { type: sse-kms, key: alias/mail } }",
                problems);

        assertThat(problems.all()).isEmpty();
        assertThat(action)
                .contains(new S3Action(
                        "mail",
                        "tickets/",
                        Optional.of("inbound"),
                        new Encryption.KeyService(Optional.of("alias/mail"))));
    }

    @Test
    void a_bucket_is_enough() {
        Problems problems = new Problems();

        assertThat(read("{ bucket: mail }", problems))
                .contains(new S3Action("mail", "", Optional.empty(), Encryption.BUCKET_DEFAULT));
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ prefix: a } | 'bucket' is missing; it has no default",
                "{ bucket: Mail } | 'bucket': 'Mail' is no bucket name; 3 to 63 of a-z, 0-9, dot and hyphen, with a letter or digit at both ends",
                "{ bucket: 192.168.5.4 } | 'bucket': '192.168.5.4' is no bucket name",
                "{ bucket: a..b } | 'bucket': 'a..b' is no bucket name",
                "{ bucket: mail, prefix: ../x } | 'prefix': a prefix has no '..' between its slashes",
                "{ bucket: mail, prefix: \"a\\u0000b\" } | 'prefix': a prefix has no control characters",
                "{ bucket: mail, prefx: x } | unknown key 'prefx'; did you mean 'prefix'?",
                "{ bucket: mail, topic: inbond } | 'topic': there is no topic 'inbond' in the server's file; did you mean 'inbound'?",
                "{ bucket: mail, encryption: { type: aes } } | 'type': 'aes' is not one of sse-s3, sse-kms",
                "{ bucket: mail, encryption: { key: x } } | 'type' is missing; it has no default",
                "{ bucket: mail, encryption: { type: sse-s3, key: x } } | 'key' goes with type sse-kms; sse-s3 has keys of its own",
                "{ bucket: mail, encryption: { type: sse-kms, key: 'a b' } } | 'key': a key's id or ARN is printable ASCII without spaces",
                "mail | a mapping (name: value) is needed here, this is a value",
            })
    void says_what_is_wrong(String yaml, String words) {
        Problems problems = new Problems();

        assertThat(read(yaml, problems)).isEmpty();

        assertThat(problems.all()).anySatisfy(problem -> {
            assertThat(problem.fault()).startsWith(words);
            assertThat(problem.place().line()).isEqualTo(1);
        });
    }

    @Test
    void encryption_in_a_folder_is_refused_when_read() {
        encrypts = false;
        Problems problems = new Problems();

        assertThat(read("{ bucket: mail, encryption: { type: sse-s3 } }", problems))
                .isEmpty();

        assertThat(problems.toString())
                .isEqualTo(
                        "rules.yaml:1: 'encryption' needs an S3 store; configure objects.s3, a folder does not encrypt");
    }

    @Test
    void done_says_where_the_object_is() throws Exception {
        Outcome outcome = handler.perform(ACTION, Effects.of("hello", ACTION));

        assertThat(outcome).isEqualTo(Outcome.done("stored as mail/tickets/" + Effects.ID + ", ETag x"));
        assertThat(steps).containsExactly("put mail tickets/" + Effects.ID + " 5");
    }

    @Test
    void the_topic_is_told_after_the_object_is_stored() throws Exception {
        Effect effect = Effects.of("hello", WITH_TOPIC);

        Outcome outcome = handler.perform(WITH_TOPIC, effect);

        assertThat(outcome).isEqualTo(Outcome.done("stored as mail/tickets/" + Effects.ID + ", ETag x; told inbound"));
        assertThat(steps).containsExactly("put mail tickets/" + Effects.ID + " 5");
        assertThat(notices.told)
                .containsExactly("inbound {type=S3, bucketName=mail, objectKeyPrefix=tickets/, objectKey=tickets/"
                        + Effects.ID + "} " + effect.key());
    }

    @Test
    void the_notice_names_the_key_that_encrypts() throws Exception {
        S3Action encrypted =
                new S3Action("mail", "", Optional.of("inbound"), new Encryption.KeyService(Optional.of("alias/mail")));

        handler.perform(encrypted, Effects.of("hello", encrypted));

        assertThat(notices.told.getFirst()).contains("objectKeyPrefix=, ", ", kmsKeyArn=alias/mail}");
    }

    @Test
    void without_the_notice_it_is_not_done() throws Exception {
        notices.answer = new Outcome.Retry("503", Optional.of(Duration.ofSeconds(7)));

        assertThat(handler.perform(WITH_TOPIC, Effects.of("hello", WITH_TOPIC)))
                .isEqualTo(new Outcome.Retry(
                        "stored as mail/tickets/" + Effects.ID + ", ETag x; topic not told: 503",
                        Optional.of(Duration.ofSeconds(7))));

        notices.answer = Outcome.failed("gone");
        assertThat(handler.perform(WITH_TOPIC, Effects.of("hello", WITH_TOPIC))).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void a_fault_of_the_store_is_tried_again_and_nobody_is_told() throws Exception {
        fault = Optional.of(new ObjectStoreException("slow down", Optional.of(Duration.ofSeconds(3))));
        assertThat(handler.perform(WITH_TOPIC, Effects.of("hello", WITH_TOPIC)))
                .isEqualTo(new Outcome.Retry("slow down", Optional.of(Duration.ofSeconds(3))));

        fault = Optional.of(new ConnectException("Connection refused"));
        assertThat(handler.perform(WITH_TOPIC, Effects.of("hello", WITH_TOPIC)))
                .isEqualTo(Outcome.retry("bucket 'mail': ConnectException: Connection refused"));
        assertThat(steps).isEmpty();
        assertThat(notices.told).isEmpty();
    }

    @Test
    void as_many_at_once_as_the_store_can_use() {
        assertThat(handler.concurrency(ACTION)).isEqualTo(17);
    }

    private Optional<S3Action> read(String yaml, Problems problems) {
        return handler.read(
                Document.read("rules.yaml", yaml, Substitution.NONE, problems).orElseThrow(), problems);
    }
}
