package io.waypost.outbound.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.MessageId;
import io.waypost.message.sending.TrackedLinks;
import io.waypost.message.sending.TrackedLinks.Link;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written anew in HTML, and what is left exactly as it is (WHATWG HTML 13.2.5, contract 4.9, 4.10). */
class HtmlRewriterTest {

    private static final TrackedLinks TOKENS = new TrackedLinks(new byte[32]);
    private static final MessageId MAIL = MessageId.nextSent(Instant.EPOCH, new Random(1));
    private static final String PAGE = "https://mx.test/unsubscribe?t=TOKEN";
    private static final Pattern TRACKED = Pattern.compile("https://mx\\.test/c/([A-Za-z0-9_-]+)");
    private static final Pattern PICTURE =
            Pattern.compile("<img alt=\"\" src=\"https://mx\\.test/o/[A-Za-z0-9_-]+\"[^>]*>");

    static MailLinks links(boolean opens, boolean clicks, boolean list) {
        return new MailLinks(
                MAIL,
                new MailLinks.Wanted(opens, clicks, list ? Optional.of(PAGE) : Optional.empty()),
                new LinkBase(URI.create("https://mx.test/"), Optional.empty()),
                TOKENS);
    }

    /** The text with each tracked link as {@code [number target tags]} and the picture as {@code [picture]}. */
    private static String shown(String html) {
        return PICTURE.matcher(TRACKED.matcher(html).replaceAll(HtmlRewriterTest::meant))
                .replaceAll("[picture]");
    }

    private static String meant(MatchResult link) {
        Link.Click click = (Link.Click) TOKENS.read(link.group(1)).orElseThrow();
        assertThat(click.mail()).isEqualTo(MAIL);
        return Matcher.quoteReplacement(
                "[" + click.number() + " " + click.target() + (click.tags().isEmpty() ? "" : " " + click.tags()) + "]");
    }

    static final List<Arguments> CLICKS = List.of(
            row("a link", "<a href=\"https://a.test/x\">x</a>", "<a href=\"[1 https://a.test/x]\">x</a>"),
            row("single quotes (13.2.5.37)", "<a href='https://a.test/'>x", "<a href='[1 https://a.test/]'>x"),
            row("no quotes (13.2.5.38)", "<a href=https://a.test/?a=1>x", "<a href=[1 https://a.test/?a=1]>x"),
            row("no quotes, a slash is the value's", "<a href=https://a.test/>x", "<a href=[1 https://a.test/]>x"),
            row("capitals", "<A HREF=\"HTTPS://A.test/X\">x", "<A HREF=\"[1 HTTPS://A.test/X]\">x"),
            row("blanks around =", "<a\n\thref =\r\n \"http://a.test\" >", "<a\n\thref =\r\n \"[1 http://a.test]\" >"),
            row("blanks around the address", "<a href=\" https://a.test/ \">", "<a href=\"[1 https://a.test/]\">"),
            row("&amp; in it", "<a href=\"https://a.test/?a=1&amp;b=2\">", "<a href=\"[1 https://a.test/?a=1&b=2]\">"),
            row(
                    "& in it",
                    "<a href=\"https://a.test/?a=1&b=2&copy=3\">",
                    "<a href=\"[1 https://a.test/?a=1&b=2&copy=3]\">"),
            row(
                    "&#38; and &#x2f; in it",
                    "<a href=\"https:/&#x2f;a.test/?a&#38;b\">",
                    "<a href=\"[1 https://a.test/?a&b]\">"),
            row(
                    "&amp without ; at the end",
                    "<a href=\"https://a.test/?a&amp\">",
                    "<a href=\"[1 https://a.test/?a&]\">"),
            row("a reference beyond ASCII", "<a href=\"https://a.test/?a&eacute;\">", null),
            row("a bare reference beyond ASCII", "<a href=\"https://a.test/?a&copy\">", null),
            row("an unknown reference", "<a href=\"https://a.test/?a&nosuch;\">", null),
            row("a number beyond ASCII", "<a href=\"https://a.test/&#233;\">", null),
            row("a number without end", "<a href=\"https://a.test/&#99999999999999999999;\">", null),
            row("a letter beyond ASCII", "<a href=\"https://a.test/\u00e9\">", null),
            row(
                    "the first of two (13.2.5.33)",
                    "<a href=\"https://a.test/\" href=\"https://b.test/\">",
                    "<a href=\"[1 https://a.test/]\" href=\"https://b.test/\">"),
            row(
                    "other attributes",
                    "<a title=\"a > b href='x'\" data-href=\"https://d.test\" href=\"https://a.test/\" class=c>",
                    "<a title=\"a > b href='x'\" data-href=\"https://d.test\" href=\"[1 https://a.test/]\" class=c>"),
            row(
                    "no blank between attributes",
                    "<a title=\"x\"href=\"https://a.test/\"class=c>",
                    "<a title=\"x\"href=\"[1 https://a.test/]\"class=c>"),
            row(
                    "a slash between attributes",
                    "<a/title=x/href=\"https://a.test/\"/>",
                    "<a/title=x/href=\"https://a.test/\"/>"),
            row("slashes as blanks", "<a/title/href=\"https://a.test/\"/>", "<a/title/href=\"[1 https://a.test/]\"/>"),
            row("no value", "<a href>x</a>", null),
            row("an empty value", "<a href=\"\">x</a><a href=>", null),
            row("mailto", "<a href=\"mailto:a@a.test\">", null),
            row("tel", "<a href=\"tel:+4912\">", null),
            row("javascript", "<a href=\"javascript:https://a.test/\">", null),
            row("within the mail", "<a href=\"#top\">", null),
            row("relative", "<a href=\"/x\"><a href=\"//a.test/x\">", null),
            row("a space in it (RFC 3986 2)", "<a href=\"https://a.test/a b\">", null),
            row("a broken percent sign (RFC 3986 2.1)", "<a href=\"https://a.test/%zz\">", null),
            row("a backslash", "<a href=\"https:\\\\a.test\">", null),
            row("braces of a template", "<a href=\"https://a.test/{{x}}\">", null),
            row(
                    "no host (RFC 9110 4.2.1)",
                    "<a href=\"https:///x\"><a href=\"https://:80/\"><a href=\"https://u@/\">",
                    null),
            row("two fragments (RFC 3986 3.5)", "<a href=\"https://a.test/#a#b\">", null),
            row("brackets in a query (RFC 3986 3.4)", "<a href=\"https://a.test/?a[]=1\">", null),
            row(
                    "an IPv6 address (RFC 3986 3.2.2)",
                    "<a href=\"https://[2001:db8::1]:8080/x\">",
                    "<a href=\"[1 https://[2001:db8::1]:8080/x]\">"),
            row(
                    "everything that may stand there",
                    "<a href=\"https://u:p@a.test:1/a;b,c/~d?e='f'&g=(h)#i!$*+\">",
                    "<a href=\"[1 https://u:p@a.test:1/a;b,c/~d?e='f'&g=(h)#i!$*+]\">"),
            row("an underscore in the host", "<a href=\"https://a_b.test/\">", "<a href=\"[1 https://a_b.test/]\">"),
            row(
                    "other elements",
                    "<area href=\"https://a.test/\"><link href=\"https://a.test/\"><abbr href=\"https://a.test/\"><img src=\"https://a.test/\">",
                    null),
            row("an end tag (13.2.5.7)", "</a href=\"https://a.test/\">", null),
            row("a comment", "<!-- <a href=\"https://a.test/\"> -->", null),
            row("a comment with a tag's end", "<!-- > <a href=\"https://a.test/\"> -->", null),
            row("a comment that never ends", "<!-- <a href=\"https://a.test/\">", null),
            row(
                    "comments that are over (13.2.5.43)",
                    "<!--><a href=\"https://a.test/\"><!---><a href=\"https://b.test/\">",
                    "<!--><a href=\"[1 https://a.test/]\"><!---><a href=\"[2 https://b.test/]\">"),
            row(
                    "a comment that ends oddly (13.2.5.52)",
                    "<!-- x --!><a href=\"https://a.test/\">",
                    "<!-- x --!><a href=\"[1 https://a.test/]\">"),
            row(
                    "a comment with dashes",
                    "<!-- a -- b ---><a href=\"https://a.test/\">",
                    "<!-- a -- b ---><a href=\"[1 https://a.test/]\">"),
            row("for Outlook only", "<!--[if mso]><a href=\"https://a.test/\"><![endif]-->", null),
            row(
                    "for all but Outlook",
                    "<!--[if !mso]><!--><a href=\"https://a.test/\"><!--<![endif]-->",
                    "<!--[if !mso]><!--><a href=\"[1 https://a.test/]\"><!--<![endif]-->"),
            row(
                    "a revealed condition",
                    "<![if !mso]><a href=\"https://a.test/\"><![endif]>",
                    "<![if !mso]><a href=\"[1 https://a.test/]\"><![endif]>"),
            row("declarations and instructions", "<!DOCTYPE html \"<a href='https://a.test'\"><?xml <a?>", null),
            row("a script", "<script>var a = '<a href=\"https://a.test/\">';</script>", null),
            row(
                    "a script with something like its end",
                    "<script>'</scripty><a href=\"https://a.test/\">'</SCRIPT ><a href=\"https://b.test/\">",
                    "<script>'</scripty><a href=\"https://a.test/\">'</SCRIPT ><a href=\"[1 https://b.test/]\">"),
            row("a style sheet", "<STYLE>a:after{content:'<a href=\"https://a.test/\">'}</style>", null),
            row(
                    "a title, a text field",
                    "<title><a href=\"https://a.test/\"></title><textarea><a href=\"https://a.test/\"></textarea>",
                    null),
            row("a script that never ends", "<script><a href=\"https://a.test/\">", null),
            row("plain text to the end", "<plaintext><a href=\"https://a.test/\">", null),
            row(
                    "signs that are text",
                    "1 < 2 <> <3 </> <a href=\"https://a.test/\"> a<b",
                    "1 < 2 <> <3 </> <a href=\"[1 https://a.test/]\"> a<b"),
            row("a tag that never ends", "x <a href=\"https://a.test/\" ", null),
            row("a quote that never ends", "x <a href=\"https://a.test/>x</a>", null),
            row("= where a name begins (13.2.5.32)", "<a =href=\"https://a.test/\">", null),
            row("left out", "<a ses:no-track href=\"https://a.test/\">", "<a href=\"https://a.test/\">"),
            row(
                    "left out, with a value, at the end",
                    "<a href=\"https://a.test/\" SES:No-Track=\"yes\" >",
                    "<a href=\"https://a.test/\" >"),
            row(
                    "left out, closed with a slash",
                    "<a href=\"https://a.test/\" ses:no-track/>",
                    "<a href=\"https://a.test/\"/>"),
            row(
                    "left out, the next is not",
                    "<a ses:no-track href=\"https://a.test/\"><a href=\"https://a.test/\">",
                    "<a href=\"https://a.test/\"><a href=\"[1 https://a.test/]\">"),
            row(
                    "tags",
                    "<a ses:tags=\"pos:top;k2:v2;\" href=\"https://a.test/\">",
                    "<a href=\"[1 https://a.test/ pos:top;k2:v2]\">"),
            row(
                    "tags behind the link, no quotes",
                    "<a href='https://a.test/' ses:tags=pos:top>",
                    "<a href='[1 https://a.test/ pos:top]'>"),
            row(
                    "tags that are none",
                    "<a href='https://a.test/' ses:tags='x;y:;z:a b;k:v'>",
                    "<a href='[1 https://a.test/ k:v]'>"),
            row(
                    "tags of a link that is left out",
                    "<a href='https://a.test/' ses:tags='k:v' ses:no-track>",
                    "<a href='https://a.test/'>"),
            row("tags of no link", "<a name=x ses:tags='k:v'>", "<a name=x>"));

    private static Arguments row(String name, String html, String expected) {
        return Arguments.of(name, html, expected == null ? html : expected);
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("CLICKS")
    void clicks(String name, String html, String expected) {
        assertThat(shown(HtmlRewriter.rewritten(html, links(false, true, false))))
                .isEqualTo(expected);
        assertThat(HtmlRewriter.rewritten(html, links(false, false, false))).isEqualTo(html);
    }

    static final List<Arguments> PICTURES = List.of(
            row("before the body's end", "<html><body>x</body></html>", "<html><body>x[picture]</body></html>"),
            row("capitals", "<BODY>x</BODY >", "<BODY>x[picture]</BODY >"),
            row("the last of two ends", "<body>a</body>b</body>", "<body>a</body>b[picture]</body>"),
            row("no body's end", "<html>x</html>", "<html>x[picture]</html>"),
            row("a piece of HTML", "<p>x</p>\r\n", "<p>x</p>\r\n[picture]"),
            row("an end in a comment", "<body>x<!-- </body> -->y", "<body>x<!-- </body> -->y[picture]"),
            row("its place", "<p>{{ses:openTracker}}x</p></body>", "<p>[picture]x</p></body>"),
            row("its place, twice", "<p>a{{ses:openTracker}}b{{ses:openTracker}}c</p>", "<p>a[picture]bc</p>"),
            row("its place at both ends", "{{ses:openTracker}}<p>a</p>{{ses:openTracker}}", "[picture]<p>a</p>"),
            row(
                    "not within a tag",
                    "<p title=\"{{ses:openTracker}}\">a</p>",
                    "<p title=\"{{ses:openTracker}}\">a</p>[picture]"),
            row(
                    "not within a style sheet",
                    "<style>{{ses:openTracker}}</style>",
                    "<style>{{ses:openTracker}}</style>[picture]"),
            row(
                    "links stay",
                    "<a href=\"https://a.test/\" ses:no-track>x</a>",
                    "<a href=\"https://a.test/\" ses:no-track>x</a>[picture]"));

    @ParameterizedTest(name = "{0}")
    @FieldSource("PICTURES")
    void pictures(String name, String html, String expected) {
        assertThat(shown(HtmlRewriter.rewritten(html, links(true, false, false))))
                .isEqualTo(expected);
    }

    static final List<Arguments> LISTS = List.of(
            row("in the text", "<p>{{amazonSESUnsubscribeUrl}}</p>", "<p>" + PAGE + "</p>"),
            row(
                    "in a link, which is not tracked",
                    "<a href=\"{{amazonSESUnsubscribeUrl}}\">x</a>",
                    "<a href=\"" + PAGE + "\">x</a>"),
            row(
                    "for Outlook",
                    "<!--[if mso]><v:rect href=\"{{amazonSESUnsubscribeUrl}}\"><![endif]-->",
                    "<!--[if mso]><v:rect href=\"" + PAGE + "\"><![endif]-->"),
            row(
                    "twice, not three times",
                    "{{amazonSESUnsubscribeUrl}} {{amazonSESUnsubscribeUrl}} {{amazonSESUnsubscribeUrl}}",
                    PAGE + " " + PAGE + " {{amazonSESUnsubscribeUrl}}"),
            row(
                    "beside a link",
                    "<a href='https://a.test/'>{{amazonSESUnsubscribeUrl}}</a>",
                    "<a href='[1 https://a.test/]'>" + PAGE + "</a>"),
            row(
                    "within tags that go",
                    "<a ses:tags='{{amazonSESUnsubscribeUrl}}' href='https://a.test/'>",
                    "<a href='[1 https://a.test/]'>"));

    @ParameterizedTest(name = "{0}")
    @FieldSource("LISTS")
    void lists(String name, String html, String expected) {
        assertThat(shown(HtmlRewriter.rewritten(html, links(false, true, true))))
                .isEqualTo(expected);
    }

    @Test
    void noMoreThanTwoHundredAndFiftyLinksOfAMailAreTracked() {
        MailLinks links = links(false, true, false);
        String html = "<a href=\"https://a.test/\">".repeat(200);
        String first = HtmlRewriter.rewritten(html, links);
        String second = HtmlRewriter.rewritten(html, links);
        assertThat(TRACKED.matcher(first).results()).hasSize(200);
        assertThat(TRACKED.matcher(second).results()).hasSize(50);
    }

    @Test
    void aLinkThatWouldBeTooLongStays() {
        String fits = "<a href=\"https://a.test/" + "x".repeat(TrackedLinks.MOST_BYTES - 15) + "\">";
        assertThat(HtmlRewriter.rewritten(fits, links(false, true, false))).isNotEqualTo(fits);
        String tooLong = fits.replace("xxx\"", "xxxx\"");
        assertThat(HtmlRewriter.rewritten(tooLong, links(false, true, false))).isEqualTo(tooLong);
    }

    @ParameterizedTest(name = "two megabytes of {0}")
    @ValueSource(
            strings = {
                "<",
                "<a",
                "<a ",
                "<!--",
                "<!-- -->",
                "</",
                "<a href=",
                "<a href='",
                "&",
                "<a x ",
                "<p>{{ses:openTracker}",
                "<script>",
                "</script",
                "<a ses:no-track ",
                "<a href=\"https://a.test/&#",
                "--",
                "<textarea></",
                "<a href=x>"
            })
    @Timeout(20)
    void hostileTextTakesNoLongerThanItIsLong(String piece) {
        String html = piece.repeat(2 * 1024 * 1024 / piece.length());
        long begun = System.nanoTime();
        String written = HtmlRewriter.rewritten(html, links(true, true, true));
        assertThat(written.length()).isPositive();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void whateverComesOnlyWhatIsOursDiffers() {
        String[] pieces = {
            "<a ",
            "href=",
            "\"",
            "'",
            ">",
            "https://a.test/",
            " ",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "</body>",
            "=",
            "/",
            "&amp;",
            "x",
            "<",
            "<p>",
            "\r\n",
            "\u00e9"
        };
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder html = new StringBuilder();
            for (int n = random.nextInt(25); n >= 0; n--) {
                html.append(pieces[random.nextInt(pieces.length)]);
            }
            String written = HtmlRewriter.rewritten(html.toString(), links(true, true, false));
            String without = PICTURE.matcher(written).replaceAll("");
            String back = TRACKED.matcher(without)
                    .replaceAll(link -> Matcher.quoteReplacement(
                            ((Link.Click) TOKENS.read(link.group(1)).orElseThrow())
                                    .target()
                                    .toString()));
            assertThat(bare(back)).as(html.toString()).isEqualTo(bare(html.toString()));
        }
    }

    // A link's target has neither blanks around it nor references in it.
    private static String bare(String html) {
        return html.replace("&amp;", "&").replaceAll("\\s", "");
    }
}
