package io.waypost.api.identity.policy;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.policy.IdentityPolicies.Wanted;
import io.waypost.api.identity.v2.BadRequests;
import java.io.IOException;
import java.util.Map;

/** Policies of identities in the API of 2019. */
public final class EmailPolicyOperations implements Operations.Family {

    private final IdentityPolicies policies;

    public EmailPolicyOperations(IdentityPolicies policies) {
        this.policies = policies;
    }

    /** GetEmailIdentityPoliciesRequest. */
    record Of(String emailIdentity) {}

    /** GetEmailIdentityPoliciesResponse. */
    record Texts(Map<String, String> policies) {}

    /** CreateEmailIdentityPolicyRequest, UpdateEmailIdentityPolicyRequest. */
    record Put(String emailIdentity, String policyName, String policy) {}

    /** DeleteEmailIdentityPolicyRequest. */
    record Delete(String emailIdentity, String policyName) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SESV2, "GetEmailIdentityPolicies", Of.class, Texts.class, in2019(this::get))
                .add(Api.SESV2, "CreateEmailIdentityPolicy", Put.class, Nothing.class, in2019(put(Wanted.NEW)))
                .add(Api.SESV2, "UpdateEmailIdentityPolicy", Put.class, Nothing.class, in2019(put(Wanted.THERE)))
                .add(Api.SESV2, "DeleteEmailIdentityPolicy", Delete.class, Nothing.class, in2019(this::delete));
    }

    private static <I extends Record, O extends Record> Operation<I, O> in2019(Operation<I, O> operation) {
        return BadRequests.in((caller, input) -> {
            try {
                return operation.answer(caller, input);
            } catch (ServiceException e) {
                throw e.error().equals("InvalidPolicyException") ? BadRequests.badRequest(e.words()) : e;
            }
        });
    }

    private Texts get(Caller caller, Of input) throws ServiceException {
        return new Texts(policies.of(caller.scope(), input.emailIdentity));
    }

    private Operation<Put, Nothing> put(Wanted wanted) {
        return (caller, input) -> {
            policies.put(caller.scope(), input.emailIdentity, input.policyName, input.policy, wanted);
            return new Nothing();
        };
    }

    private Nothing delete(Caller caller, Delete input) throws ServiceException, IOException {
        if (!policies.delete(caller.scope(), input.emailIdentity, input.policyName)) {
            throw IdentityPolicies.noPolicy(input.policyName);
        }
        return new Nothing();
    }
}
