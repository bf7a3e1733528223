package io.waypost.api.aws.sign;

import io.waypost.api.secret.Sealing;
import io.waypost.config.Secret;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Settings.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Keys that were made at run time. Their secrets are sealed in the store; the command line makes and deletes them beside the server,
 * which notices a new key at once and a deleted one within {@link #REMEMBERED}. All threads.
 */
public final class StoredKeys implements AccessKeys {

    /** How long a key that was found is not looked up again. */
    public static final Duration REMEMBERED = Duration.ofSeconds(5);

    /** What a key's id looks like. */
    public static final Pattern ID = Pattern.compile("[A-Za-z0-9_]{16,128}");

    /** The settings that hold keys; not kept in memory longer than {@link #REMEMBERED}. */
    public static final String KIND = "access-key";

    // Keys hold in all regions.
    private static final String EVERYWHERE = "-";
    private static final String ID_PREFIX = "WPAK";
    private static final int ID_RANDOM = 16;
    private static final String ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int SECRET_LENGTH = 40;
    private static final String SECRET_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final Settings settings;
    private final Sealing sealing;
    private final List<String> accounts;
    private final Clock clock;
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

    private record Remembered(AccessKey key, Instant since) {

        boolean isFresh(Instant now) {
            return !now.isBefore(since) && now.isBefore(since.plus(REMEMBERED));
        }
    }

    /**
     * A key as it is listed.
     *
     * @param createdAt when it was made
     */
    public record Listed(String id, Instant createdAt) {}

    /** @param accounts whose keys count; keys of an account that is not configured any more are nobody's */
    public StoredKeys(Settings settings, Sealing sealing, List<String> accounts, Clock clock) {
        this.settings = settings;
        this.sealing = sealing;
        this.accounts = List.copyOf(accounts);
        this.clock = clock;
    }

    @Override
    public Optional<AccessKey> find(String id) throws IOException {
        Instant now = clock.instant();
        Remembered known = remembered.get(id);
        if (known != null && known.isFresh(now)) {
            return Optional.of(known.key());
        }
        Optional<AccessKey> found = ID.matcher(id).matches() ? read(id) : Optional.empty();
        // What is not there is not remembered: whoever asks for names that he makes up fills no memory.
        found.ifPresentOrElse(key -> remembered.put(id, new Remembered(key, now)), () -> remembered.remove(id));
        return found;
    }

    private Optional<AccessKey> read(String id) throws IOException {
        for (String account : accounts) {
            Optional<Settings.Setting> setting = settings.find(key(account, id));
            if (setting.isPresent()) {
                byte[] secret = sealing.open(setting.get().text(), belongsTo(account, id));
                return Optional.of(
                        new AccessKey(account, id, new Secret(new String(secret, StandardCharsets.US_ASCII))));
            }
        }
        return Optional.empty();
    }

    /** Makes a key; it is durable when this returns, and the only time that its secret is told. */
    public AccessKey create(String account, RandomGenerator random) throws IOException {
        String id = ID_PREFIX + text(ID_ALPHABET, ID_RANDOM, random);
        Secret secret = new Secret(text(SECRET_ALPHABET, SECRET_LENGTH, random));
        String sealed = sealing.seal(secret.reveal().getBytes(StandardCharsets.US_ASCII), belongsTo(account, id));
        settings.apply(List.of(new Change.Put(key(account, id), sealed)), clock.instant());
        return new AccessKey(account, id, secret);
    }

    /** The keys of an account, by id. */
    public List<Listed> list(String account) throws IOException {
        return settings.list(new Scope(account, EVERYWHERE), KIND).stream()
                .map(setting -> new Listed(setting.key().name(), setting.changedAt()))
                .toList();
    }

    /** Deletes a key; false when the account has none with that id. */
    public boolean delete(String account, String id) throws IOException {
        boolean there = settings.find(key(account, id)).isPresent();
        if (there) {
            settings.apply(List.of(new Change.Remove(key(account, id))), clock.instant());
            remembered.remove(id);
        }
        return there;
    }

    private static Settings.Key key(String account, String id) {
        return new Settings.Key(new Scope(account, EVERYWHERE), KIND, id);
    }

    private static String belongsTo(String account, String id) {
        return "the access key " + id + " of account " + account;
    }

    private static String text(String alphabet, int length, RandomGenerator random) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
