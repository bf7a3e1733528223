package io.waypost.api.sending;

import io.waypost.api.aws.ServiceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** MessageTag, of both APIs. */
record MessageTag(String name, String value) {

    private static final int LONGEST = 255;
    private static final int MOST = 50;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_.@-]+");

    /** What SES takes, in order; its words for what it does not take (contract 4.8). */
    static Map<String, String> checked(@Nullable List<MessageTag> tags) throws ServiceException {
        Map<String, String> checked = new LinkedHashMap<>();
        for (MessageTag tag : tags == null ? List.<MessageTag>of() : tags) {
            tag.check();
            if (checked.put(tag.name, tag.value) != null) {
                throw ServiceException.invalidParameter("Duplicate tag name <" + tag.name + ">.");
            }
        }
        if (checked.size() > MOST) {
            throw ServiceException.invalidParameter("A message can have at most " + MOST + " tags.");
        }
        return checked;
    }

    private void check() throws ServiceException {
        if (name.isBlank()) {
            throw ServiceException.invalidParameter("The tag name must be specified.");
        }
        if (value.isBlank()) {
            throw ServiceException.invalidParameter("The tag value must be specified.");
        }
        if (name.length() > LONGEST) {
            throw ServiceException.invalidParameter("Tag name cannot exceed " + LONGEST + " characters.");
        }
        if (value.length() > LONGEST) {
            throw ServiceException.invalidParameter("Tag value cannot exceed " + LONGEST + " characters.");
        }
        if (!NAME.matcher(name).matches()) {
            throw ServiceException.invalidParameter(
                    "Invalid tag name <" + name + ">: only alphanumeric ASCII characters, '_',  '-' are allowed.");
        }
        if (!VALUE.matcher(value).matches()) {
            throw ServiceException.invalidParameter("Invalid tag value <" + value
                    + ">: only alphanumeric ASCII characters, '_',  '-', '.', '@' are allowed.");
        }
    }
}
