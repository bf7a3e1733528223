package io.waypost.api.identity.v1;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.IdentityReader;
import io.waypost.api.identity.IdentitySettings;
import io.waypost.api.identity.MailFrom;
import io.waypost.api.identity.MailFrom.OnFailure;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The domain of the reverse-path. */
public final class MailFromOperations implements Operations.Family {

    private final IdentitySettings settings;
    private final IdentityReader reader;

    public MailFromOperations(IdentitySettings settings, IdentityReader reader) {
        this.settings = settings;
        this.reader = reader;
    }

    /** SetIdentityMailFromDomainRequest. */
    public record SetRequest(
            String identity,
            @Nullable String mailFromDomain,
            @Nullable String behaviorOnMXFailure) {}

    /** GetIdentityMailFromDomainAttributesRequest. */
    public record Names(List<String> identities) {}

    /** IdentityMailFromDomainAttributes; the first two are absent where nothing is set up, as in SES. */
    public record Attributes(
            @Nullable String mailFromDomain, @Nullable String mailFromDomainStatus, String behaviorOnMXFailure) {}

    /** GetIdentityMailFromDomainAttributesResponse. */
    public record AllAttributes(Map<String, Attributes> mailFromDomainAttributes) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SES, "SetIdentityMailFromDomain", SetRequest.class, Nothing.class, this::set)
                .add(
                        Api.SES,
                        "GetIdentityMailFromDomainAttributes",
                        Names.class,
                        AllAttributes.class,
                        this::attributes);
    }

    private Nothing set(Caller caller, SetRequest input) throws ServiceException, IOException {
        Optional<OnFailure> behaviour = Arrays.stream(OnFailure.values())
                .filter(it -> it.word().equals(input.behaviorOnMXFailure))
                .findFirst();
        settings.mailFrom(caller.scope(), input.identity, Optional.ofNullable(input.mailFromDomain), behaviour);
        return new Nothing();
    }

    private AllAttributes attributes(Caller caller, Names input) throws ServiceException {
        Map<String, Attributes> attributes = new LinkedHashMap<>();
        reader.known(caller.scope(), input.identities)
                .forEach((name, identity) -> attributes.put(name, attributes(identity.mailFrom())));
        return new AllAttributes(attributes);
    }

    private static Attributes attributes(Optional<MailFrom> mailFrom) {
        return mailFrom.map(it -> new Attributes(
                        it.domain(), it.proof().state().word(), it.onFailure().word()))
                .orElseGet(() -> new Attributes(null, null, OnFailure.USE_DEFAULT_VALUE.word()));
    }
}
