package io.waypost.api.sns;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.message.topic.TopicArn;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The operations on tags of topics. */
public final class Tags implements Operations.Family {

    private static final int MOST = 50;

    record Tag(String key, String value) {}

    record ListTagsForResource(String resourceArn) {}

    record ListedTags(List<Tag> tags) {}

    record TagResource(String resourceArn, List<Tag> tags) {}

    record UntagResource(String resourceArn, List<String> tagKeys) {}

    private final TopicBook book;

    public Tags(TopicBook book) {
        this.book = book;
    }

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SNS, "ListTagsForResource", ListTagsForResource.class, ListedTags.class, this::list)
                .add(Api.SNS, "TagResource", TagResource.class, Nothing.class, this::tag)
                .add(Api.SNS, "UntagResource", UntagResource.class, Nothing.class, this::untag);
    }

    /** The tags of a request, which may name each key once. */
    static Map<String, String> of(@Nullable List<Tag> tags) throws ServiceException {
        Map<String, String> all = new HashMap<>();
        if (tags != null) {
            for (Tag tag : tags) {
                if (tag.key().isEmpty()
                        || tag.key().length() > 128
                        || tag.value().length() > 256
                        || all.put(tag.key(), tag.value()) != null) {
                    throw SnsErrors.invalid("Tags");
                }
            }
        }
        return checked(all);
    }

    private static Map<String, String> checked(Map<String, String> all) throws ServiceException {
        if (all.size() > MOST) {
            throw SnsErrors.tooManyTags(MOST);
        }
        return all;
    }

    private ListedTags list(Caller caller, ListTagsForResource input) throws ServiceException {
        StoredTopic topic = book.stored(existing(caller, input.resourceArn(), "ListTagsForResource"));
        return new ListedTags(new TreeMap<>(topic.tags())
                .entrySet().stream()
                        .map(entry -> new Tag(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private Nothing tag(Caller caller, TagResource input) throws ServiceException, IOException {
        Map<String, String> added = of(input.tags());
        book.change(existing(caller, input.resourceArn(), "TagResource"), topic -> {
            Map<String, String> all = new HashMap<>(topic.tags());
            all.putAll(added);
            return topic.withTags(checked(all));
        });
        return new Nothing();
    }

    private Nothing untag(Caller caller, UntagResource input) throws ServiceException, IOException {
        book.change(existing(caller, input.resourceArn(), "UntagResource"), topic -> {
            Map<String, String> all = new HashMap<>(topic.tags());
            input.tagKeys().forEach(all::remove);
            return topic.withTags(all);
        });
        return new Nothing();
    }

    private TopicArn existing(Caller caller, String text, String operation) throws ServiceException {
        TopicArn arn = Arns.topic(caller, text, "ResourceArn", operation);
        if (book.find(arn.toString()).isEmpty()) {
            throw SnsErrors.noResource();
        }
        return arn;
    }
}
