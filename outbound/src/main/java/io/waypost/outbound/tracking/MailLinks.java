package io.waypost.outbound.tracking;

import io.waypost.message.MessageId;
import io.waypost.message.sending.TrackedLinks;
import io.waypost.message.sending.TrackedLinks.Link;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The links of one mail, made and counted while its texts are read. For one thread. */
final class MailLinks {

    static final String UNSUBSCRIBE_PLACE = "{{amazonSESUnsubscribeUrl}}";

    /** Links of one mail that are tracked (contract 4.10). */
    private static final int MOST = 250;

    private final MessageId mail;
    private final Wanted wanted;
    private final LinkBase base;
    private final TrackedLinks tokens;
    private int clicks;
    private boolean opens;

    /**
     * What is wanted of a mail.
     *
     * @param unsubscribe where its recipient ends his subscription, for mail to a list
     */
    record Wanted(boolean opens, boolean clicks, Optional<String> unsubscribe) {

        boolean isNothing() {
            return !opens && !clicks && unsubscribe.isEmpty();
        }
    }

    MailLinks(MessageId mail, Wanted wanted, LinkBase base, TrackedLinks tokens) {
        this.mail = mail;
        this.wanted = wanted;
        this.base = base;
        this.tokens = tokens;
    }

    MessageId mail() {
        return mail;
    }

    boolean tracks() {
        return wanted.opens() || wanted.clicks();
    }

    boolean tracksOpens() {
        return wanted.opens();
    }

    boolean tracksClicks() {
        return wanted.clicks();
    }

    Optional<String> unsubscribe() {
        return wanted.unsubscribe();
    }

    /** The address of the picture. */
    String open() {
        opens = true;
        return base.ofPicture() + TrackedLinks.OPEN_PATH + tokens.token(new Link.Open(mail));
    }

    /** The link that is followed instead; empty where there are too many, or this one is too long with its tags. */
    Optional<String> click(URI target, String tags) {
        int length = target.toString().getBytes(StandardCharsets.UTF_8).length + tags.length();
        if (clicks >= MOST || length > TrackedLinks.MOST_BYTES) {
            return Optional.empty();
        }
        clicks++;
        return Optional.of(base.ofLink(target)
                + TrackedLinks.CLICK_PATH
                + tokens.token(new Link.Click(mail, clicks, tags, target)));
    }

    /** Whether a link or a picture was made. */
    boolean areThere() {
        return opens || clicks > 0;
    }
}
