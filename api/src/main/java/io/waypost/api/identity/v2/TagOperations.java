package io.waypost.api.identity.v2;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.IdentitySettings;
import io.waypost.api.identity.IdentitySettings.TagEdit;
import io.waypost.message.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tags of everything that has an ARN in SES. */
public final class TagOperations implements Operations.Family {

    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:ses:([a-z0-9-]+):([0-9]{12}|):([a-z-]+)/(\\S{1,512})");

    private final List<Taggable> kinds;

    /** @param kinds all that have tags; see {@link #identities} */
    public TagOperations(List<Taggable> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /** Identities as a kind of things with tags. */
    public static Taggable identities(IdentitySettings settings) {
        return new Taggable() {
            @Override
            public String kind() {
                return "identity";
            }

            @Override
            public void tags(Scope scope, String name, TagEdit edit) throws ServiceException, IOException {
                settings.tags(scope, name, edit);
            }
        };
    }

    /** TagResourceRequest. */
    public record TagRequest(String resourceArn, List<Tag> tags) {}

    /** UntagResourceRequest. */
    public record UntagRequest(String resourceArn, List<String> tagKeys) {}

    /** ListTagsForResourceRequest. */
    public record ListRequest(String resourceArn) {}

    /** ListTagsForResourceResponse. */
    public record Listed(List<Tag> tags) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SESV2, "TagResource", TagRequest.class, Nothing.class, BadRequests.in(this::tag))
                .add(Api.SESV2, "UntagResource", UntagRequest.class, Nothing.class, BadRequests.in(this::untag))
                .add(Api.SESV2, "ListTagsForResource", ListRequest.class, Listed.class, BadRequests.in(this::list));
    }

    private Nothing tag(Caller caller, TagRequest input) throws ServiceException, IOException {
        SortedMap<String, String> more = Tags.checked(input.tags);
        edit(caller, input.resourceArn, tags -> Tags.merge(tags, more));
        return new Nothing();
    }

    private Nothing untag(Caller caller, UntagRequest input) throws ServiceException, IOException {
        edit(caller, input.resourceArn, tags -> input.tagKeys.forEach(tags::remove));
        return new Nothing();
    }

    private Listed list(Caller caller, ListRequest input) throws ServiceException, IOException {
        List<Tag> found = new ArrayList<>();
        edit(caller, input.resourceArn, tags -> found.addAll(Tag.all(tags)));
        return new Listed(found);
    }

    private void edit(Caller caller, String arn, TagEdit edit) throws ServiceException, IOException {
        Matcher parts = ARN.matcher(arn);
        if (!parts.matches()) {
            throw BadRequests.badRequest("The resource ARN is not valid: " + arn);
        }
        // Terraform writes no account when it was told not to ask for it (skip_requesting_account_id).
        String account = parts.group(2).isEmpty() ? caller.scope().account() : parts.group(2);
        if (!new Scope(account, parts.group(1)).equals(caller.scope())) {
            throw BadRequests.badRequest("The resource ARN belongs to another account or region: " + arn);
        }
        Taggable kind = kinds.stream()
                .filter(it -> it.kind().equals(parts.group(3)))
                .findFirst()
                .orElseThrow(() -> BadRequests.badRequest("Resources of this kind have no tags: " + arn));
        kind.tags(caller.scope(), parts.group(4), edit);
    }
}
