package io.waypost.message.sending;

import io.waypost.message.MessageId;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens of tracked links (contract 4.10). A token says all that is needed to answer whoever follows it, and is signed: nothing that
 * was not made here leads anywhere. Safe for all threads.
 *
 * <p>Octets: kind; 22 of the mail's id; of a click the link's number in two, the length of its tags in two, its tags and its target;
 * then 16 of an HMAC-SHA-256 over all of that. In letters, digits, hyphens and underscores (RFC 4648 5).
 */
public final class TrackedLinks {

    /** What the path of a picture's address begins with; the token follows. */
    public static final String OPEN_PATH = "/o/";

    /** What the path of a link begins with; the token follows. */
    public static final String CLICK_PATH = "/c/";

    /** Octets that target and tags of a link may have together, so that a request for it fits into a line. */
    public static final int MOST_BYTES = 4_000;

    private static final byte OPEN = 1;
    private static final byte CLICK = 2;
    private static final int ID_BYTES = 25;
    // The id of a sent mail ends with three zeroes (MessageId.nextSent).
    private static final int ID_SAID = 22;
    private static final int SUM_BYTES = 16;
    private static final int CLICK_HEAD = 1 + ID_SAID + 2 * Short.BYTES;
    private static final int LONGEST = (CLICK_HEAD + MOST_BYTES + SUM_BYTES + 2) / 3 * 4;

    private final SecretKeySpec key;

    /** @param key at least 32 octets, of this server alone and for this use alone */
    public TrackedLinks(byte[] key) {
        if (key.length < 32) {
            throw new IllegalArgumentException("a key of " + key.length + " octets is too short");
        }
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /** What a token says. */
    public sealed interface Link {

        /** The mail that it stands in. */
        MessageId mail();

        /** The picture that is fetched when the mail is looked at. */
        record Open(MessageId mail) implements Link {}

        /**
         * A link that is followed.
         *
         * @param number which of the mail's links, from 1
         * @param tags as in the attribute {@code ses:tags}: {@code name:value;name:value}
         * @param target where it leads, http or https
         */
        record Click(MessageId mail, int number, String tags, URI target) implements Link {}
    }

    /** @throws IllegalArgumentException when target and tags are longer than {@link #MOST_BYTES} */
    public String token(Link link) {
        byte[] said =
                switch (link) {
                    case Link.Open open ->
                        ByteBuffer.allocate(1 + ID_SAID)
                                .put(OPEN)
                                .put(open.mail().bytes(), 0, ID_SAID)
                                .array();
                    case Link.Click click -> said(click);
                };
        byte[] whole = Arrays.copyOf(said, said.length + SUM_BYTES);
        System.arraycopy(sum(said), 0, whole, said.length, SUM_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    private static byte[] said(Link.Click click) {
        byte[] tags = click.tags().getBytes(StandardCharsets.UTF_8);
        byte[] target = click.target().toString().getBytes(StandardCharsets.UTF_8);
        if (tags.length + target.length > MOST_BYTES) {
            throw new IllegalArgumentException("a link of " + (tags.length + target.length) + " octets is too long");
        }
        return ByteBuffer.allocate(CLICK_HEAD + tags.length + target.length)
                .put(CLICK)
                .put(click.mail().bytes(), 0, ID_SAID)
                .putShort((short) click.number())
                .putShort((short) tags.length)
                .put(tags)
                .put(target)
                .array();
    }

    /** What a token says; empty when it was not made here. */
    public Optional<Link> read(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            byte[] whole = Base64.getUrlDecoder().decode(token);
            int length = whole.length - SUM_BYTES;
            if (length <= ID_SAID) {
                return Optional.empty();
            }
            byte[] said = Arrays.copyOf(whole, length);
            return MessageDigest.isEqual(Arrays.copyOfRange(whole, length, whole.length), sum(said))
                    ? link(ByteBuffer.wrap(said))
                    : Optional.empty();
        } catch (IllegalArgumentException | BufferUnderflowException | URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<Link> link(ByteBuffer said) throws URISyntaxException {
        byte kind = said.get();
        byte[] id = new byte[ID_BYTES];
        said.get(id, 0, ID_SAID);
        MessageId mail = MessageId.of(id);
        if (kind != CLICK) {
            return kind == OPEN && !said.hasRemaining() ? Optional.of(new Link.Open(mail)) : Optional.empty();
        }
        int number = Short.toUnsignedInt(said.getShort());
        String tags = text(said, said.getShort());
        URI target = new URI(text(said, said.remaining()));
        return isWeb(target) ? Optional.of(new Link.Click(mail, number, tags, target)) : Optional.empty();
    }

    private static String text(ByteBuffer said, int length) {
        byte[] octets = new byte[Math.max(0, length)];
        said.get(octets);
        return new String(octets, StandardCharsets.UTF_8);
    }

    // The signature says so already; a second look costs nothing.
    private static boolean isWeb(URI target) {
        String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
        return (scheme.equals("http") || scheme.equals("https")) && target.getRawAuthority() != null;
    }

    private byte[] sum(byte[] said) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(said), SUM_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }
}
