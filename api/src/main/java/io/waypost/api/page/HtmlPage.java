package io.waypost.api.page;

import io.waypost.api.aws.WireResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A page behind a link that is a secret: kept by nobody, told to nobody, and not laid below another page. */
public final class HtmlPage {

    private HtmlPage() {}

    /**
     * @param content HTML, everything foreign in it {@link #escaped}
     * @param more header fields beside the page's own
     */
    public static WireResponse of(int status, String title, String content, Map<String, String> more) {
        return of(status, title, content, more, "'self'");
    }

    /** A page whose form is answered by sending the reader to another server. */
    public static WireResponse leadingElsewhere(String title, String content) {
        return of(200, title, content, Map.of(), "'self' https: http:");
    }

    /** Sends the reader to another server, which does not hear from where. */
    public static WireResponse elsewhere(URI to) {
        return new WireResponse(
                303,
                Map.of("Location", to.toASCIIString(), "Cache-Control", "no-store", "Referrer-Policy", "no-referrer"),
                new byte[0]);
    }

    private static WireResponse of(
            int status, String title, String content, Map<String, String> more, String formTargets) {
        String html = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>" + title + "</title><h1>"
                + title + "</h1>" + content + "</html>\n";
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("Content-Type", "text/html; charset=utf-8");
        headers.put("Cache-Control", "no-store");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put(
                "Content-Security-Policy",
                "default-src 'none'; form-action " + formTargets + "; frame-ancestors 'none'; base-uri 'none'");
        headers.put("X-Content-Type-Options", "nosniff");
        return new WireResponse(status, headers, html.getBytes(StandardCharsets.UTF_8));
    }

    /** A text as it stands in HTML, also within an attribute. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
