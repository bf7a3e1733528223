package io.waypost.api.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may stand in a verification mail (DG custom-verification-emails), and what is made of it. */
class VerificationHtmlTest {

    private static final String LINK = "https://mx.example.net/verify?token=abc";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a text | Please confirm & go on.
            a page | <!DOCTYPE html><html><head></head><body style="a:b"><h1 class=x>Hi</h1></body></html>
            a smaller-than sign | 1 < 2 and <3
            tags that end themselves | <br/><hr />
            tags in capitals | <P TITLE='x'>y</P>
            an attribute without a value | <table summary><tr><td colspan=2 width = "3">x</td></tr></table>
            a greater-than sign in an attribute | <p title="a > b">x</p>
            a text field | <p><textarea title="a">1 &lt; 2</TextArea></p>
            an image of the web | <img src="https://example.com/a.png" alt="a" width=1>
            an image of its own | <img src='data:image/png;base64,AAAA'/>
            """)
    void thisIsTaken(String name, String html) {
        assertThat(VerificationHtml.fault(html)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a link | <a href="https://example.com">x</a> | The tag <a> is not allowed.
            a script | <ScRiPt>x</script> | The tag <script> is not allowed.
            a comment | a<!-- b --> | Comments and declarations are not allowed.
            a processing instruction | <?xml version="1.0"?> | Comments and declarations are not allowed.
            an end without a begin | </style> | The tag <style> is not allowed.
            an event handler | <p onclick="x()">y</p> | The attribute onclick of <p> is not allowed.
            a form's address | <form action="https://example.com"> | The attribute action of <form> is not allowed.
            an attribute of another tag | <p src="x"> | The attribute src of <p> is not allowed.
            a handler behind a slash | <p/onclick=x> | The attribute onclick of <p> is not allowed.
            a script as an image | <img src="javascript:x()"> | The source of an image must be a web address, or its data in base64.
            other data as an image | <img src="data:text/html;base64,AAAA"> | The source of an image must be a web address, or its data in base64.
            a tag without an end | <p title="x | A tag does not end.
            a tag that stops | <p | A tag does not end.
            an attribute that is none | <p "x"> | A tag is no HTML.
            a quote behind a slash, which opens nothing (HTML 13.2.5.35) | <p title=/" ><a href=x>y</a><p title="> | The tag <a> is not allowed.
            an equals sign behind a slash, which is a name (HTML 13.2.5.34) | <p title/="><a href=x>y</a><p title="> | A tag is no HTML.
            a quote behind a space that is none in HTML | <p title=\u2003" ><a href=x>y</a><p title="> | The tag <a> is not allowed.
            a text field's end within a quote (HTML 13.2.5.2) | <textarea><p title="</textarea><a href=x>y</a>"> | A text field can hold no tags.
            """)
    void thisIsNot(String name, String html, String words) {
        assertThat(VerificationHtml.fault(html)).contains(words);
    }

    @Test
    void theLinkStandsAtTheEndOfTheBody() {
        VerificationMail mail = VerificationMail.of("<html><BODY><h1>Hi</h1><p>a &amp; b</p></BODY></html>", LINK);
        assertThat(mail.html()).startsWith("<html><BODY><h1>Hi</h1>").endsWith("</p>\n</BODY></html>");
        assertThat(mail.html())
                .containsOnlyOnce("<a href=\"" + LINK + "\">" + LINK + "</a>")
                .contains("If you did not ask for this");
        assertThat(mail.text()).startsWith("Hi\na & b\n\n" + LINK + "\n\n").endsWith("\n");
        assertThat(mail.images()).isEmpty();
        assertThat(VerificationMail.of("Hello", LINK).html()).startsWith("Hello\n<p><a href=");
    }

    @Test
    void anImageInAQuoteStaysInIt() {
        String html = "<p title=\"src=data:image/png;base64,AAAA ><a href=x>y</a>\">z</p>";
        assertThat(VerificationHtml.fault(html)).isEmpty();
        assertThat(VerificationMail.of(html, LINK).html())
                .startsWith("<p title=\"src=cid:image1@verification ><a href=x>");
    }

    @Test
    void notAnyNumberOfImagesBecomesParts() {
        String html = "<img src=\"data:image/a;base64,\">".repeat(VerificationMail.MOST_IMAGES + 1);
        VerificationMail mail = VerificationMail.of(html, LINK);
        assertThat(mail.images()).hasSize(500);
        assertThat(mail.html()).containsOnlyOnce("<img src=\"data:image/a;base64,\">");
    }

    @Test
    void imagesBecomeParts() {
        String image = Base64.getEncoder().encodeToString(new byte[] {1, 2, 3});
        VerificationMail mail = VerificationMail.of(
                "<img src=\"data:image/png;base64," + image + "\"><img src='data:image/GIF;base64," + image + "'>",
                LINK);
        assertThat(mail.html()).startsWith("<img src=\"cid:image1@verification\"><img src='cid:image2@verification'>");
        assertThat(mail.images())
                .extracting(it -> it.fileName() + " " + it.contentType().orElse("") + " " + it.inline())
                .containsExactly("image1.png image/png true", "image2.gif image/gif true");
        assertThat(mail.images().getFirst().bytes()).containsExactly(1, 2, 3);
    }
}
