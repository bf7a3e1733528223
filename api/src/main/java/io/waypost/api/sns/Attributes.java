package io.waypost.api.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.api.aws.ServiceException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What may be set on topics and subscriptions, and what each of it must look like. What would have no effect is refused. */
final class Attributes {

    static final String DISPLAY_NAME = "DisplayName";
    static final String POLICY = "Policy";
    static final String DELIVERY_POLICY = "DeliveryPolicy";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_DISPLAY_NAME = 100;
    private static final int MOST_JSON = 30 * 1024;
    // The log of deliveries that SNS keeps in CloudWatch; Terraform sets every rate, at 0, on every topic that it
    // makes.
    private static final Pattern FEEDBACK_RATE =
            Pattern.compile("(Application|Firehose|HTTP|Lambda|SQS)SuccessFeedbackSampleRate");
    private static final Pattern FEEDBACK_ROLE =
            Pattern.compile("(Application|Firehose|HTTP|Lambda|SQS)(Success|Failure)FeedbackRoleArn");
    private static final Set<String> FILTERS = Set.of("FilterPolicy", "FilterPolicyScope");

    private Attributes() {}

    /** Checks all of a new topic; those that say what is so anyway are left out. */
    static Map<String, String> ofTopic(@Nullable Map<String, String> given) throws ServiceException {
        Map<String, String> all = new HashMap<>();
        if (given != null) {
            for (Map.Entry<String, String> one : given.entrySet()) {
                setOnTopic(all, one.getKey(), one.getValue());
            }
        }
        return all;
    }

    /** Sets one of a topic; an absent or empty value takes it away. */
    static void setOnTopic(Map<String, String> all, String name, @Nullable String value) throws ServiceException {
        String text = value == null ? "" : value;
        switch (name) {
            case DISPLAY_NAME -> {
                if (text.length() > MOST_DISPLAY_NAME) {
                    throw SnsErrors.invalid("DisplayName Reason: more than " + MOST_DISPLAY_NAME + " characters");
                }
            }
            case POLICY, DELIVERY_POLICY -> checkJson(name, text);
            case StoredTopic.SIGNATURE_VERSION -> {
                if (!text.isEmpty() && !text.equals("1") && !text.equals("2")) {
                    throw SnsErrors.invalid("SignatureVersion Reason: must be 1 or 2");
                }
            }
            case "FifoTopic", "ContentBasedDeduplication" -> {
                if (text.equals("true")) {
                    throw SnsErrors.invalid(name + " Reason: FIFO topics are not supported by this server");
                }
                return;
            }
            case "TracingConfig" -> {
                if (!text.isEmpty() && !text.equals("PassThrough")) {
                    throw SnsErrors.invalid("TracingConfig Reason: tracing is not supported by this server");
                }
            }
            case "KmsMasterKeyId" -> {
                if (!text.isEmpty()) {
                    throw SnsErrors.invalid("KmsMasterKeyId Reason: encryption is not supported by this server");
                }
                return;
            }
            default -> checkFeedback(name, text);
        }
        put(all, name, text);
    }

    private static void checkFeedback(String name, String text) throws ServiceException {
        if (FEEDBACK_RATE.matcher(name).matches()) {
            if (!text.isEmpty() && !text.matches("\\d{1,2}|100")) {
                throw SnsErrors.invalid(name + " Reason: must be a number from 0 to 100");
            }
        } else if (FEEDBACK_ROLE.matcher(name).matches()) {
            if (!text.isEmpty() && !text.matches("arn:[\\x21-\\x7e]{1,2044}")) {
                throw SnsErrors.invalid(name + " Reason: must be an ARN");
            }
        } else {
            throw SnsErrors.invalid("AttributeName");
        }
    }

    static Map<String, String> ofSubscription(@Nullable Map<String, String> given) throws ServiceException {
        Map<String, String> all = new HashMap<>();
        if (given != null) {
            for (Map.Entry<String, String> one : given.entrySet()) {
                setOnSubscription(all, one.getKey(), one.getValue());
            }
        }
        return all;
    }

    /** Sets one of a subscription; an absent or empty value takes it away. */
    static void setOnSubscription(Map<String, String> all, String name, @Nullable String value)
            throws ServiceException {
        String text = value == null ? "" : value;
        if (name.equals(StoredSubscription.RAW)) {
            if (!text.isEmpty() && !text.equals("true") && !text.equals("false")) {
                throw SnsErrors.invalid("RawMessageDelivery Reason: must be true or false");
            }
            put(all, name, text.equals("false") ? "" : text);
        } else if (name.equals(DELIVERY_POLICY)) {
            checkJson(name, text);
            put(all, name, text);
        } else if (FILTERS.contains(name)) {
            // A filter that is not carried out would deliver what was not asked for.
            if (!text.isEmpty() && !text.equals("{}")) {
                throw SnsErrors.invalid(name + " Reason: filter policies are not supported by this server");
            }
        } else if (Set.of("RedrivePolicy", "SubscriptionRoleArn", "ReplayPolicy")
                .contains(name)) {
            if (!text.isEmpty()) {
                throw SnsErrors.invalid(name + " Reason: not supported by this server");
            }
        } else {
            throw SnsErrors.invalid("AttributeName");
        }
    }

    private static void put(Map<String, String> all, String name, String text) {
        if (text.isEmpty()) {
            all.remove(name);
        } else {
            all.put(name, text);
        }
    }

    private static void checkJson(String name, String text) throws ServiceException {
        if (text.isEmpty()) {
            return;
        }
        try {
            if (text.length() <= MOST_JSON && JSON.readTree(text).isObject()) {
                return;
            }
        } catch (JsonProcessingException e) {
            // Said below.
        }
        throw SnsErrors.invalid(name + " Reason: must be a JSON object of at most " + MOST_JSON + " characters");
    }
}
