package io.waypost.api.verification;

import io.waypost.api.page.HtmlPage;
import io.waypost.message.compose.Attached;
import io.waypost.message.compose.TransferEncoding;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a verification mail says: the template's content, the link, and whom it does not concern. Images that stand in the content become
 * parts of the message, since readers do not show them otherwise.
 */
public record VerificationMail(String html, String text, List<Attached> images) {

    // May stand in another attribute's quotes, too: what comes instead has the very quotes that were there, or none.
    private static final Pattern IMAGE =
            Pattern.compile("(?i)src\\s*=\\s*([\"']?)data:(image/([a-z0-9.+-]{1,40}));base64,([A-Za-z0-9+/=]*+)\\1");
    /** Parts are far larger than the shortest image. */
    static final int MOST_IMAGES = 500;

    private static final Pattern LINE = Pattern.compile("(?i)<(?:br|/p|/div|/h[1-6]|/li|/tr|/blockquote)[^>]*>");
    private static final Pattern TAG = Pattern.compile("</?[A-Za-z!][^>]*>");
    private static final String UNASKED = "If you did not ask for this, ignore this message: nothing happens then.";

    /** @param content as {@link VerificationHtml} lets it pass */
    public static VerificationMail of(String content, String link) {
        List<Attached> images = new ArrayList<>();
        StringBuilder html = new StringBuilder(content.length());
        Matcher image = IMAGE.matcher(content);
        while (images.size() < MOST_IMAGES && image.find()) {
            Optional<byte[]> bytes = decoded(image.group(4));
            if (bytes.isEmpty()) {
                continue;
            }
            String name = "image" + (images.size() + 1);
            images.add(new Attached(
                    name + "." + image.group(3).toLowerCase(Locale.ROOT),
                    Optional.of(image.group(2).toLowerCase(Locale.ROOT)),
                    true,
                    Optional.of(name + "@verification"),
                    Optional.empty(),
                    TransferEncoding.BASE64,
                    bytes.get()));
            image.appendReplacement(html, "src=$1cid:" + name + "@verification$1");
        }
        image.appendTail(html);
        return new VerificationMail(withEnd(html.toString(), link), text(content, link), List.copyOf(images));
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String withEnd(String html, String link) {
        String lower = html.toLowerCase(Locale.ROOT);
        int body = lower.lastIndexOf("</body");
        int end = body >= 0 ? body : lower.lastIndexOf("</html");
        int at = end >= 0 && lower.length() == html.length() ? end : html.length();
        String safe = HtmlPage.escaped(link);
        return html.substring(0, at) + "\n<p><a href=\"" + safe + "\">" + safe + "</a></p>\n<p><small>" + UNASKED
                + "</small></p>\n" + html.substring(at);
    }

    private static String text(String content, String link) {
        String words = TAG.matcher(LINE.matcher(content).replaceAll("\n"))
                .replaceAll("")
                .replace("&nbsp;", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
        StringBuilder text = new StringBuilder();
        boolean empty = true;
        for (String line : (Iterable<String>) words.lines().map(String::strip)::iterator) {
            if (!line.isEmpty() || !empty) {
                text.append(line).append('\n');
            }
            empty = line.isEmpty();
        }
        return text.toString().strip() + "\n\n" + link + "\n\n" + UNASKED + "\n";
    }
}
