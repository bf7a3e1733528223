package io.waypost.actions.s3;

import io.waypost.actions.ActionNotices;
import io.waypost.config.text.Fields;
import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.Disposition;
import io.waypost.message.Outcome;
import io.waypost.rules.Action.StoredObject;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads and carries out {@code s3: {bucket, prefix, topic, encryption}}. */
public final class S3Handler implements ActionHandler<S3Action> {

    /** Words of {@code encryption.type}. */
    private enum EncryptionType {
        SSE_S3,
        SSE_KMS
    }

    private final ObjectStore store;
    private final KmsKeys keys;
    private final ActionNotices notices;

    /**
     * @param store where objects are put
     * @param keys what stands for the KMS keys that rules name
     * @param notices tells topics
     */
    public S3Handler(ObjectStore store, KmsKeys keys, ActionNotices notices) {
        this.store = store;
        this.keys = keys;
        this.notices = notices;
    }

    @Override
    public String type() {
        return S3Action.TYPE;
    }

    @Override
    public Class<S3Action> actionClass() {
        return S3Action.class;
    }

    @Override
    public Optional<S3Action> read(Node node, Problems problems) {
        int before = problems.all().size();
        Fields fields = node.fields(problems);
        String bucket = fields.required("bucket");
        if (!bucket.isEmpty()) {
            fields.value("bucket", ObjectNames::bucket);
        }
        String prefix = fields.value("prefix", "", ObjectNames::prefix);
        Optional<String> topic = notices.topics().optional(fields, "topic");
        Optional<Encryption> said = fields.node("encryption").map(value -> encryption(value, problems));
        Optional<String> kmsKey = fields.value("kmsKey", text -> text);
        Optional<Encryption> standsForIt = fields.value("kmsKey", keys::encryption);
        if (said.isPresent() && kmsKey.isPresent()) {
            problems.add(fields.placeOf("kmsKey"), "either 'encryption' or 'kmsKey', not both");
        }
        fields.finish();
        Encryption encryption = said.or(() -> standsForIt).orElse(Encryption.BUCKET_DEFAULT);
        return problems.all().size() > before
                ? Optional.empty()
                : Optional.of(new S3Action(bucket, prefix, topic, encryption, kmsKey));
    }

    private Encryption encryption(Node node, Problems problems) {
        Fields fields = node.fields(problems);
        EncryptionType type = fields.required("type").isEmpty()
                ? EncryptionType.SSE_S3
                : fields.choice("type", EncryptionType.class, EncryptionType.SSE_S3);
        Optional<String> key = fields.value("key", S3Handler::keyName);
        fields.finish();
        if (type == EncryptionType.SSE_S3 && key.isPresent()) {
            problems.add(fields.placeOf("key"), "'key' goes with type sse-kms; sse-s3 has keys of its own");
        }
        if (!store.encrypts()) {
            problems.add(
                    node.place(), "'encryption' needs an S3 store; configure objects.s3, a folder does not encrypt");
        }
        return type == EncryptionType.SSE_S3 ? new Encryption.StoreKeys() : new Encryption.KeyService(key);
    }

    // It becomes a header value.
    private static String keyName(String key) {
        if (key.length() > 2048 || !key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("a key's id or ARN is printable ASCII without spaces");
        }
        return key;
    }

    /** Done when the object is stored and, where a topic is named, the topic has taken the notice. */
    @Override
    public Outcome perform(S3Action action, Effect effect) throws Exception {
        StoredObject object = action.storesAt(effect.mail().id()).orElseThrow();
        String stored;
        try {
            stored = store.put(object, effect.content(), action.encryption());
        } catch (ObjectStoreException e) {
            return new Outcome.Retry(String.valueOf(e.getMessage()), e.retryAfter());
        } catch (IOException e) {
            return Outcome.retry("bucket '" + action.bucket() + "': " + said(e));
        }
        Outcome.Done done = new Outcome.Done(
                Disposition.CONTINUE, "stored as " + object.bucket() + "/" + object.key() + ", " + stored);
        return notices.after(done, action.topic(), notice(action, object), effect);
    }

    /** As SES tells it (SES contract 3.1). */
    private static Map<String, String> notice(S3Action action, StoredObject object) {
        Map<String, String> notice = new LinkedHashMap<>();
        notice.put("type", "S3");
        notice.put("bucketName", action.bucket());
        notice.put("objectKeyPrefix", action.prefix());
        notice.put("objectKey", object.key());
        if (action.kmsKey().isPresent()) {
            notice.put("kmsKeyArn", action.kmsKey().get());
        } else if (action.encryption() instanceof Encryption.KeyService service) {
            service.key().ifPresent(key -> notice.put("kmsKeyArn", key));
        }
        return notice;
    }

    private static String said(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    @Override
    public int concurrency(S3Action action) {
        return store.concurrency();
    }
}
