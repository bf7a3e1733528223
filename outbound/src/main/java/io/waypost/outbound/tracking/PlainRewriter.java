package io.waypost.outbound.tracking;

/** Puts the link that ends a subscription into a text without markup. */
final class PlainRewriter {

    private PlainRewriter() {}

    static String rewritten(String text, MailLinks links) {
        Edits edits = new Edits();
        edits.placeholders(text, links);
        return edits.applied(text);
    }
}
