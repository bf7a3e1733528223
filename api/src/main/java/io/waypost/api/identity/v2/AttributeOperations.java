package io.waypost.api.identity.v2;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.Dkim;
import io.waypost.api.identity.Identities;
import io.waypost.api.identity.IdentitySettings;
import io.waypost.api.identity.MailFrom.OnFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is set up about an identity; a switch that is left out is off, as in SES. */
public final class AttributeOperations implements Operations.Family {

    private final Identities identities;
    private final IdentitySettings settings;
    private final String hostname;

    /** @param hostname this server's own name */
    public AttributeOperations(Identities identities, IdentitySettings settings, String hostname) {
        this.identities = identities;
        this.settings = settings;
        this.hostname = hostname;
    }

    /** PutEmailIdentityConfigurationSetAttributesRequest. */
    public record PutConfigurationSet(
            String emailIdentity, @Nullable String configurationSetName) {}

    /** PutEmailIdentityDkimAttributesRequest. */
    public record PutDkim(String emailIdentity, @Nullable Boolean signingEnabled) {}

    /** PutEmailIdentityDkimSigningAttributesRequest. */
    public record PutSigning(
            String emailIdentity,
            String signingAttributesOrigin,
            @Nullable DkimSigningAttributes signingAttributes) {}

    /** PutEmailIdentityDkimSigningAttributesResponse. */
    public record Signing(
            String dkimStatus,
            List<String> dkimTokens,
            @Nullable String signingHostedZone) {}

    /** PutEmailIdentityFeedbackAttributesRequest. */
    public record PutFeedback(
            String emailIdentity, @Nullable Boolean emailForwardingEnabled) {}

    /** PutEmailIdentityMailFromAttributesRequest. */
    public record PutMailFrom(
            String emailIdentity,
            @Nullable String mailFromDomain,
            @Nullable String behaviorOnMxFailure) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(
                        Api.SESV2,
                        "PutEmailIdentityConfigurationSetAttributes",
                        PutConfigurationSet.class,
                        Nothing.class,
                        BadRequests.in(this::configurationSet))
                .add(
                        Api.SESV2,
                        "PutEmailIdentityDkimAttributes",
                        PutDkim.class,
                        Nothing.class,
                        BadRequests.in(this::dkim))
                .add(
                        Api.SESV2,
                        "PutEmailIdentityDkimSigningAttributes",
                        PutSigning.class,
                        Signing.class,
                        BadRequests.in(this::signing))
                .add(
                        Api.SESV2,
                        "PutEmailIdentityFeedbackAttributes",
                        PutFeedback.class,
                        Nothing.class,
                        BadRequests.in(this::feedback))
                .add(
                        Api.SESV2,
                        "PutEmailIdentityMailFromAttributes",
                        PutMailFrom.class,
                        Nothing.class,
                        BadRequests.in(this::mailFrom));
    }

    private Nothing configurationSet(Caller caller, PutConfigurationSet input) throws ServiceException, IOException {
        settings.assign(caller.scope(), input.emailIdentity, Optional.ofNullable(input.configurationSetName));
        return new Nothing();
    }

    private Nothing dkim(Caller caller, PutDkim input) throws ServiceException, IOException {
        settings.dkimEnabled(caller.scope(), input.emailIdentity, Boolean.TRUE.equals(input.signingEnabled));
        return new Nothing();
    }

    private Signing signing(Caller caller, PutSigning input) throws ServiceException, IOException {
        DkimSigningAttributes attributes =
                input.signingAttributes == null ? DkimSigningAttributes.NONE : input.signingAttributes;
        Dkim dkim = identities
                .sign(caller.scope(), input.emailIdentity, attributes.wish(input.signingAttributesOrigin))
                .dkim()
                .wished();
        return new Signing(
                dkim.proof().state().name(),
                dkim.tokens(),
                dkim.origin() == Dkim.Origin.AWS_SES ? DkimAttributes.hostedZone(hostname) : null);
    }

    private Nothing feedback(Caller caller, PutFeedback input) throws ServiceException, IOException {
        settings.forwarding(caller.scope(), input.emailIdentity, Boolean.TRUE.equals(input.emailForwardingEnabled));
        return new Nothing();
    }

    private Nothing mailFrom(Caller caller, PutMailFrom input) throws ServiceException, IOException {
        settings.mailFrom(
                caller.scope(),
                input.emailIdentity,
                Optional.ofNullable(input.mailFromDomain),
                Optional.ofNullable(input.behaviorOnMxFailure).map(OnFailure::valueOf));
        return new Nothing();
    }
}
