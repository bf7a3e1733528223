package io.waypost.api.identity.v2;

import static io.waypost.api.aws.Operations.Api.SESV2;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.identity.Identities;
import io.waypost.api.identity.Setup;
import io.waypost.api.identity.v2.TagOperations.ListRequest;
import io.waypost.api.identity.v2.TagOperations.Listed;
import io.waypost.api.identity.v2.TagOperations.TagRequest;
import io.waypost.api.identity.v2.TagOperations.UntagRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagOperationsTest {

    private static final String ARN = "arn:aws:ses:us-east-1:123456789012:identity/example.com";

    @TempDir
    Path folder;

    private Setup setup;

    @BeforeEach
    void set() throws Exception {
        setup = new Setup(folder);
        setup.identities.create(
                Setup.HERE, "example.com", new Identities.Wishes(Optional.empty(), Optional.empty(), new TreeMap<>()));
    }

    private List<Tag> tags() throws Exception {
        return ((Listed) setup.call(SESV2, "ListTagsForResource", new ListRequest(ARN))).tags();
    }

    private String refused(Tag... tags) throws Exception {
        return setup.refusal(SESV2, "TagResource", new TagRequest(ARN, List.of(tags)));
    }

    @Test
    void tagsComeChangeAndGo() throws Exception {
        assertThat(tags()).isEmpty();

        Record answer = setup.call(
                SESV2, "TagResource", new TagRequest(ARN, List.of(new Tag("team", "post"), new Tag("é _.:/=+-@", ""))));
        assertThat(answer).isEqualTo(new Nothing());
        setup.call(SESV2, "TagResource", new TagRequest(ARN, List.of(new Tag("team", "mail"))));
        assertThat(tags()).containsExactly(new Tag("team", "mail"), new Tag("é _.:/=+-@", ""));

        setup.call(SESV2, "UntagResource", new UntagRequest(ARN, List.of("team", "unknown")));
        assertThat(tags()).containsExactly(new Tag("é _.:/=+-@", ""));
        setup.restart();
        assertThat(tags()).hasSize(1);
    }

    @Test
    void whatIsNoTagIsRefused() throws Exception {
        String characters = "BadRequestException: Tags can only contain letters, numbers, spaces, and the following"
                + " special characters: _ . : / = + - @";
        assertThat(refused(new Tag("a", "<b>"))).isEqualTo(characters);
        assertThat(refused(new Tag("a\n", "b"))).isEqualTo(characters);
        assertThat(refused(new Tag("AWS:a", "b")))
                .isEqualTo("BadRequestException: Caller is an end user and not allowed to mutate system tags");
        assertThat(refused(new Tag("", "b"))).isEqualTo("BadRequestException: The key of a tag cannot be empty");
        assertThat(refused(new Tag("a", "b"), new Tag("a", "c")))
                .isEqualTo("BadRequestException: Cannot provide multiple tags with the same key");
        assertThat(refused(new Tag("a", "b"), new Tag("k".repeat(129), "b")))
                .endsWith("Value at 'tags.2.member.key' failed to satisfy constraint:"
                        + " Member must have length less than or equal to 128");
        assertThat(refused(new Tag("a", "v".repeat(257)))).contains("'tags.1.member.value'", "equal to 256");
        setup.call(SESV2, "TagResource", new TagRequest(ARN, List.of(new Tag("k".repeat(128), "v".repeat(256)))));
    }

    @Test
    void fiftyAreEnough() throws Exception {
        Tag[] fifty =
                IntStream.range(0, 50).mapToObj(i -> new Tag("k" + i, "v")).toArray(Tag[]::new);
        setup.call(SESV2, "TagResource", new TagRequest(ARN, List.of(fifty)));
        setup.call(SESV2, "TagResource", new TagRequest(ARN, List.of(new Tag("k7", "other"))));

        assertThat(refused(new Tag("more", "v"))).endsWith("or delete existing tags and retry");
        Tag[] more = IntStream.range(0, 51).mapToObj(i -> new Tag("m" + i, "v")).toArray(Tag[]::new);
        assertThat(refused(more)).endsWith("consider reducing the number of tags in the request");
        assertThat(tags()).hasSize(50);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no ARN           | example.com                                                 | BadRequestException",
                "another service  | arn:aws:sns:us-east-1:123456789012:identity/example.com     | BadRequestException",
                "another region   | arn:aws:ses:eu-west-1:123456789012:identity/example.com     | BadRequestException",
                "another account  | arn:aws:ses:us-east-1:210987654321:identity/example.com     | BadRequestException",
                "an unknown kind  | arn:aws:ses:us-east-1:123456789012:dedicated-ip-pool/x      | BadRequestException",
                "nothing behind   | arn:aws:ses:us-east-1:123456789012:identity/                | BadRequestException",
                "an unknown name  | arn:aws:ses:us-east-1:123456789012:identity/x.test          | NotFoundException"
            })
    void whatIsNoResourceIsRefused(String why, String arn, String error) throws Exception {
        assertThat(setup.refusal(SESV2, "ListTagsForResource", new ListRequest(arn)))
                .startsWith(error + ": ");
        assertThat(setup.refusal(SESV2, "TagResource", new TagRequest(arn, List.of(new Tag("a", "b")))))
                .startsWith(error + ": ");
        assertThat(setup.refusal(SESV2, "UntagResource", new UntagRequest(arn, List.of("a"))))
                .startsWith(error + ": ");
    }

    @Test
    void theUnknownNameIsSaid() throws Exception {
        String arn = ARN.replace("example.com", "x@example.com");
        assertThat(setup.refusal(SESV2, "ListTagsForResource", new ListRequest(arn)))
                .isEqualTo("NotFoundException: No EmailIdentity present with name: x@example.com");
    }
}
