package io.waypost.api.sending;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.api.aws.Caller;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.template.language.TemplateData;
import io.waypost.message.sending.SendRefusedException;
import io.waypost.message.sending.SendRefusedException.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One template to many, one mail each; what one entry ends in does not touch the others. */
final class Bulk {

    private static final Logger LOG = LoggerFactory.getLogger(Bulk.class);

    // Contract 4.7.
    private static final int MOST_ENTRIES = 50;

    // What is wrong with the whole request, not with one entry.
    private static final Set<Reason> OF_ALL = EnumSet.of(
            Reason.NOT_VERIFIED,
            Reason.NOT_AUTHORIZED,
            Reason.CONFIGURATION_SET_UNKNOWN,
            Reason.CONFIGURATION_SET_PAUSED,
            Reason.ACCOUNT_PAUSED,
            Reason.MAIL_FROM_NOT_VERIFIED);

    private final Templating templating;

    Bulk(Templating templating) {
        this.templating = templating;
    }

    /** One mail. */
    record Entry(
            Destination destination,
            @Nullable List<MessageTag> tags,
            @Nullable String data,
            Templating.Ready template) {}

    /** What became of an entry, in the API's words. */
    record Result(
            String status, @Nullable String error, @Nullable String messageId) {}

    /** @throws ServiceException when all entries were refused for a reason that is not theirs */
    List<Result> send(Version version, Caller caller, Letter letter, @Nullable String defaults, List<Entry> entries)
            throws ServiceException {
        if (entries.isEmpty() || entries.size() > MOST_ENTRIES) {
            throw ServiceException.invalidParameter(
                    "The number of destinations must be between 1 and " + MOST_ENTRIES + ": " + entries.size());
        }
        ObjectNode under = Templating.data(defaults);
        letter.author();
        List<Result> results = new ArrayList<>();
        List<SendRefusedException> refusals = new ArrayList<>();
        for (Entry entry : entries) {
            results.add(one(version, caller, letter, under, entry, refusals));
        }
        Optional<SendRefusedException> ofAll = ofAll(refusals, entries.size());
        if (ofAll.isPresent()) {
            throw version.refusal(ofAll.get(), letter.configurationSet());
        }
        return results;
    }

    private static Optional<SendRefusedException> ofAll(List<SendRefusedException> refusals, int entries) {
        if (refusals.size() < entries) {
            return Optional.empty();
        }
        SendRefusedException first = refusals.getFirst();
        boolean same = refusals.stream()
                .allMatch(it -> it.reason() == first.reason()
                        && String.valueOf(it.getMessage()).equals(String.valueOf(first.getMessage())));
        return same && OF_ALL.contains(first.reason()) ? Optional.of(first) : Optional.empty();
    }

    private Result one(
            Version version,
            Caller caller,
            Letter letter,
            ObjectNode under,
            Entry entry,
            List<SendRefusedException> refusals) {
        try {
            Map<String, String> tags = new LinkedHashMap<>(letter.tags());
            tags.putAll(MessageTag.checked(entry.tags));
            ObjectNode data = TemplateData.merged(under, Templating.data(entry.data));
            Letter own = letter.to(entry.destination, tags);
            return new Result(version.success(), null, templating.send(version, caller, own, entry.template, data));
        } catch (SendRefusedException e) {
            refusals.add(e);
            return new Result(version.status(e.reason()), e.getMessage(), null);
        } catch (ServiceException e) {
            return new Result(version.status(Reason.INVALID_PARAMETER), e.words(), null);
        } catch (IOException e) {
            LOG.error("request {}: an entry was not accepted", caller.requestId(), e);
            return new Result(version.transientFailure(), "The mail could not be accepted now.", null);
        }
    }
}
