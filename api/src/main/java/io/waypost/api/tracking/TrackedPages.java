package io.waypost.api.tracking;

import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import io.waypost.api.page.HtmlPage;
import io.waypost.message.sending.TrackedLinks;
import io.waypost.message.sending.TrackedLinks.Link;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the links of tracked mail lead to: a click is sent on to what the mail's author wrote, an open gets a picture of one transparent
 * point. The answer is in the token and waits for nothing; that it was asked for is told behind it. Nothing that was not signed here
 * leads anywhere. Safe for all threads; does not block.
 */
public final class TrackedPages {

    private static final byte[] PICTURE =
            Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
    private static final byte[] NOTHING = {};

    private final TrackedLinks links;
    private final Sightings sightings;

    public TrackedPages(TrackedLinks links, Sightings sightings) {
        this.links = links;
        this.sightings = sightings;
    }

    /** Whether the HTTP door must ask this. */
    public boolean isOne(String path) {
        return path.startsWith(TrackedLinks.CLICK_PATH) || path.startsWith(TrackedLinks.OPEN_PATH);
    }

    /** Answers a request for a path that {@link #isOne}. */
    public WireResponse answer(WireRequest request) {
        boolean looks = request.method().equals("HEAD");
        if (!looks && !request.method().equals("GET")) {
            return HtmlPage.of(
                    405, "Not possible", "<p>Open the link in your browser.</p>", Map.of("Allow", "GET, HEAD"));
        }
        String path = request.path();
        Optional<Link> link = links.read(path.substring(path.indexOf('/', 1) + 1));
        return switch (link.orElse(null)) {
            case Link.Click click
            when path.startsWith(TrackedLinks.CLICK_PATH) -> {
                tell(request, looks, click);
                yield sentOn(click);
            }
            case Link.Open open
            when path.startsWith(TrackedLinks.OPEN_PATH) -> {
                tell(request, looks, open);
                yield picture(looks);
            }
            case null, default -> HtmlPage.of(404, "This link is not good", "<p>It is not whole.</p>", Map.of());
        };
    }

    // Asking for the header, or fetching in advance what somebody may look at, is not looking at it.
    private void tell(WireRequest request, boolean looks, Link link) {
        if (!looks && !isPrefetch(request)) {
            String address = request.address().orElse("");
            int zone = address.indexOf('%');
            sightings.saw(
                    link,
                    zone < 0 ? address : address.substring(0, zone),
                    request.header("user-agent").orElse(""));
        }
    }

    private static boolean isPrefetch(WireRequest request) {
        return request.header("sec-purpose").orElse("").startsWith("prefetch")
                || request.header("purpose").orElse("").equals("prefetch")
                || request.header("x-moz").orElse("").equals("prefetch");
    }

    private static WireResponse sentOn(Link.Click click) {
        Map<String, String> headers = headers("text/plain; charset=utf-8");
        headers.put("Location", click.target().toString());
        return new WireResponse(302, headers, NOTHING);
    }

    private static WireResponse picture(boolean looks) {
        return new WireResponse(200, headers("image/gif"), looks ? NOTHING : PICTURE);
    }

    // Every look is an event: nobody in between may keep the answer. The token is nobody's business where the link
    // leads.
    private static Map<String, String> headers(String type) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", type);
        headers.put("Cache-Control", "no-store, no-cache, max-age=0, private");
        headers.put("Pragma", "no-cache");
        headers.put("Expires", "0");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("X-Robots-Tag", "noindex, nofollow");
        headers.put("X-Content-Type-Options", "nosniff");
        return headers;
    }
}
