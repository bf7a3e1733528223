package io.waypost.api.configuration;

import io.waypost.api.aws.ServiceException;
import java.util.Map;

/** How each API says what is wrong with a request about configuration sets; the texts are SES' where they are known (4.8). */
public enum Faults {
    /** The API of 2010: an error of its own for each case. */
    V1,
    /** The API of 2019. */
    V2;

    public ServiceException noSet(String set) {
        String text = "Configuration set <" + set + "> does not exist.";
        return this == V1
                ? new ServiceException(
                        "ConfigurationSetDoesNotExistException", text, Map.of("ConfigurationSetName", set))
                : new ServiceException("NotFoundException", text);
    }

    public ServiceException setThere(String set) {
        String text = "Configuration set <" + set + "> already exists.";
        return this == V1
                ? new ServiceException(
                        "ConfigurationSetAlreadyExistsException", text, Map.of("ConfigurationSetName", set))
                : new ServiceException("AlreadyExistsException", text);
    }

    public ServiceException badSet(String text) {
        return this == V1 ? new ServiceException("InvalidConfigurationSetException", text) : bad(text);
    }

    public ServiceException limit(String text) {
        return new ServiceException("LimitExceededException", text);
    }

    public ServiceException noDestination(String set, String name) {
        String text = "No EventDestination found for <" + name + ">";
        return this == V1
                ? new ServiceException("EventDestinationDoesNotExistException", text, both(set, name))
                : new ServiceException("NotFoundException", text);
    }

    public ServiceException destinationThere(String set, String name) {
        String text = "EventDestination <" + name + "> already exists.";
        return this == V1
                ? new ServiceException("EventDestinationAlreadyExistsException", text, both(set, name))
                : new ServiceException("AlreadyExistsException", text);
    }

    /** @param kind {@code SNS}, {@code CloudWatch} or {@code Firehose} */
    public ServiceException badDestination(String kind, String set, String name, String text) {
        return this == V1
                ? new ServiceException("Invalid" + kind + "DestinationException", text, both(set, name))
                : bad(text);
    }

    public ServiceException badTracking(String text) {
        return this == V1 ? new ServiceException("InvalidTrackingOptionsException", text) : bad(text);
    }

    /** What has no error of its own in either API. */
    public ServiceException bad(String text) {
        return this == V1 ? ServiceException.invalidParameter(text) : new ServiceException("BadRequestException", text);
    }

    private static Map<String, String> both(String set, String name) {
        return Map.of("ConfigurationSetName", set, "EventDestinationName", name);
    }
}
