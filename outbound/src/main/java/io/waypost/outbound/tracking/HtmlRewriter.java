package io.waypost.outbound.tracking;

import io.waypost.outbound.tracking.HtmlScanner.Attribute;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a mail's links into one HTML text. Only what is written anew differs: the values of attributes, the picture, the placeholders;
 * every other character stays. The text has one character for each octet (ISO-8859-1), whatever its charset is. For one text.
 */
final class HtmlRewriter implements HtmlScanner.Found {

    static final String PICTURE_PLACE = "{{ses:openTracker}}";

    private final String html;
    private final MailLinks links;
    private final Edits edits = new Edits();
    private final List<Edits.Edit> leavings = new ArrayList<>();
    private @Nullable Attribute href;
    private @Nullable Attribute tags;
    private boolean noTrack;
    private int picture = -1;
    private int bodyEnd = -1;
    private int nextPlace = -1;

    private HtmlRewriter(String html, MailLinks links) {
        this.html = html;
        this.links = links;
    }

    static String rewritten(String html, MailLinks links) {
        HtmlRewriter rewriter = new HtmlRewriter(html, links);
        rewriter.edits.placeholders(html, links);
        if (links.tracks()) {
            HtmlScanner.scan(html, rewriter);
            rewriter.placePicture();
        }
        return rewriter.edits.applied(html);
    }

    @Override
    public void text(int from, int to) {
        // The next place is looked for once, not once for each piece of text.
        if (nextPlace < from) {
            nextPlace = place(from);
        }
        while (nextPlace + PICTURE_PLACE.length() <= to) {
            edits.add(nextPlace, nextPlace + PICTURE_PLACE.length(), "");
            picture = picture < 0 ? nextPlace : picture;
            nextPlace = place(nextPlace + PICTURE_PLACE.length());
        }
    }

    private int place(int from) {
        int place = html.indexOf(PICTURE_PLACE, from);
        return place < 0 ? html.length() : place;
    }

    @Override
    public void attribute(String tag, Attribute attribute) {
        if (!tag.equals("a")) {
            return;
        }
        if (href == null && is("href", attribute)) {
            href = attribute;
        } else if (is("ses:no-track", attribute)) {
            noTrack = true;
            leavings.add(new Edits.Edit(attribute.begin(), attribute.end(), ""));
        } else if (is("ses:tags", attribute)) {
            tags = tags == null ? attribute : tags;
            leavings.add(new Edits.Edit(attribute.begin(), attribute.end(), ""));
        }
    }

    private boolean is(String name, Attribute attribute) {
        return attribute.nameEnd() - attribute.name() == name.length()
                && html.regionMatches(true, attribute.name(), name, 0, name.length());
    }

    @Override
    public void startTag(String name) {
        if (name.equals("a") && links.tracksClicks()) {
            edits.addAll(leavings);
            if (href != null && !noTrack) {
                track(href);
            }
        }
        forget();
    }

    private void forget() {
        leavings.clear();
        href = null;
        tags = null;
        noTrack = false;
    }

    private void track(Attribute link) {
        String value = html.substring(link.value(), link.valueEnd());
        CharacterReferences.read(value)
                .map(String::strip)
                .flatMap(WebAddress::parse)
                .flatMap(target -> links.click(target, LinkTags.read(tags == null ? "" : valueOf(tags))))
                .ifPresent(tracked -> edits.add(link.value(), link.valueEnd(), tracked));
    }

    private String valueOf(Attribute attribute) {
        return CharacterReferences.read(html.substring(attribute.value(), attribute.valueEnd()))
                .orElse("");
    }

    @Override
    public void endTag(String name, int begin) {
        if (name.equals("body")) {
            bodyEnd = begin;
        } else if (name.equals("html") && bodyEnd < 0) {
            bodyEnd = begin;
        }
    }

    private void placePicture() {
        if (links.tracksOpens()) {
            int place = picture >= 0 ? picture : bodyEnd >= 0 ? bodyEnd : html.length();
            edits.add(
                    place,
                    place,
                    "<img alt=\"\" src=\"" + links.open()
                            + "\" width=\"1\" height=\"1\" style=\"display:block;border:0;width:1px;height:1px\">");
        }
    }
}
