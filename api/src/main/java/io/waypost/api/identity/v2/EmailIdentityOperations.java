package io.waypost.api.identity.v2;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.Identities;
import io.waypost.api.identity.Identities.DkimWish;
import io.waypost.api.identity.Identity;
import io.waypost.api.identity.IdentityName;
import io.waypost.api.identity.IdentityReader;
import io.waypost.api.identity.IdentitySettings;
import io.waypost.api.identity.MailFrom;
import io.waypost.api.identity.MailFrom.OnFailure;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Identities are created, shown, listed and removed. */
public final class EmailIdentityOperations implements Operations.Family {

    private static final int USUAL_PAGE = 25;

    private final Identities identities;
    private final IdentitySettings settings;
    private final IdentityReader reader;
    private final String hostname;

    /** @param hostname this server's own name */
    public EmailIdentityOperations(
            Identities identities, IdentitySettings settings, IdentityReader reader, String hostname) {
        this.identities = identities;
        this.settings = settings;
        this.reader = reader;
        this.hostname = hostname;
    }

    /** CreateEmailIdentityRequest. */
    public record Create(
            String emailIdentity,
            @Nullable List<Tag> tags,
            @Nullable DkimSigningAttributes dkimSigningAttributes,
            @Nullable String configurationSetName) {}

    /** CreateEmailIdentityResponse. */
    public record Created(String identityType, boolean verifiedForSendingStatus, DkimAttributes dkimAttributes) {}

    /** DeleteEmailIdentityRequest, GetEmailIdentityRequest. */
    public record Named(String emailIdentity) {}

    /** MailFromAttributes; the first two are absent where nothing is set up, as in SES. */
    public record MailFromAttributes(
            @Nullable String mailFromDomain, @Nullable String mailFromDomainStatus, String behaviorOnMxFailure) {}

    /** VerificationInfo. */
    public record VerificationInfo(
            @Nullable Instant lastCheckedTimestamp,
            @Nullable Instant lastSuccessTimestamp,
            @Nullable String errorType) {}

    /** GetEmailIdentityResponse. */
    public record Shown(
            String identityType,
            boolean feedbackForwardingStatus,
            boolean verifiedForSendingStatus,
            DkimAttributes dkimAttributes,
            MailFromAttributes mailFromAttributes,
            Map<String, String> policies,
            List<Tag> tags,
            @Nullable String configurationSetName,
            String verificationStatus,
            VerificationInfo verificationInfo) {}

    /** ListEmailIdentitiesRequest. */
    public record ListRequest(
            @Nullable String nextToken, @Nullable Integer pageSize) {}

    /** IdentityInfo. */
    public record IdentityInfo(
            String identityType, String identityName, boolean sendingEnabled, String verificationStatus) {}

    /** ListEmailIdentitiesResponse. */
    public record Listed(
            List<IdentityInfo> emailIdentities, @Nullable String nextToken) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SESV2, "CreateEmailIdentity", Create.class, Created.class, BadRequests.in(this::create))
                .add(Api.SESV2, "DeleteEmailIdentity", Named.class, Nothing.class, BadRequests.in(this::delete))
                .add(Api.SESV2, "GetEmailIdentity", Named.class, Shown.class, BadRequests.in(this::show))
                .add(Api.SESV2, "ListEmailIdentities", ListRequest.class, Listed.class, BadRequests.in(this::list));
    }

    private Created create(Caller caller, Create input) throws ServiceException, IOException {
        Optional<DkimWish> dkim = input.dkimSigningAttributes == null
                ? Optional.empty()
                : Optional.of(input.dkimSigningAttributes.wish());
        if (dkim.isPresent() && input.emailIdentity.indexOf('@') >= 0) {
            throw BadRequests.badRequest("DKIM signing attributes can be given only for a domain.");
        }
        SortedMap<String, String> tags = Tags.checked(input.tags == null ? List.of() : input.tags);
        Optional<String> set =
                settings.configurationSet(caller.scope(), Optional.ofNullable(input.configurationSetName));
        Identity identity =
                identities.create(caller.scope(), input.emailIdentity, new Identities.Wishes(dkim, set, tags));
        return new Created(
                type(identity),
                identity.isVerified(),
                DkimAttributes.of(reader.signer(identity), hostname).created());
    }

    private Nothing delete(Caller caller, Named input) throws ServiceException, IOException {
        Optional<IdentityName> name = IdentityName.parse(input.emailIdentity);
        if (name.isEmpty() || !identities.delete(caller.scope(), name.get())) {
            throw notFound(input.emailIdentity);
        }
        return new Nothing();
    }

    private Shown show(Caller caller, Named input) throws ServiceException {
        Identity identity =
                reader.current(caller.scope(), input.emailIdentity).orElseThrow(() -> notFound(input.emailIdentity));
        return new Shown(
                type(identity),
                identity.feedback().forwarding(),
                identity.isVerified(),
                DkimAttributes.of(reader.signer(identity), hostname),
                mailFrom(identity.mailFrom()),
                identity.policies(),
                Tag.all(identity.tags()),
                identity.configurationSet().orElse(null),
                identity.state().name(),
                information(identity));
    }

    private static MailFromAttributes mailFrom(Optional<MailFrom> mailFrom) {
        return mailFrom.map(it -> new MailFromAttributes(
                        it.domain(), it.proof().state().name(), it.onFailure().name()))
                .orElseGet(() -> new MailFromAttributes(null, null, OnFailure.USE_DEFAULT_VALUE.name()));
    }

    private VerificationInfo information(Identity identity) {
        return new VerificationInfo(
                reader.lastLooked(identity).orElse(null),
                identity.ownership().proof().lastSuccess().orElse(null),
                identity.configured()
                        ? null
                        : identity.ownership().proof().fault().map(Enum::name).orElse(null));
    }

    private Listed list(Caller caller, ListRequest input) throws ServiceException {
        IdentityReader.Page page =
                reader.page(caller.scope(), _ -> true, "PageSize", input.pageSize, USUAL_PAGE, input.nextToken);
        return new Listed(
                page.identities().stream()
                        .map(identity -> new IdentityInfo(
                                type(identity),
                                identity.name().text(),
                                identity.isVerified(),
                                identity.state().name()))
                        .toList(),
                page.nextToken().orElse(null));
    }

    private static String type(Identity identity) {
        return identity.name().isAddress() ? "EMAIL_ADDRESS" : "DOMAIN";
    }

    private static ServiceException notFound(String identity) {
        return new ServiceException("NotFoundException", "Email identity " + identity + " does not exist.");
    }
}
