package io.waypost.api.pool;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.v2.BadRequests;
import io.waypost.api.identity.v2.Tag;
import io.waypost.api.identity.v2.Tags;
import io.waypost.api.kept.Page;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pools are made, shown and removed. */
public final class PoolOperations implements Operations.Family {

    private static final int MOST_ITEMS = 1_000;
    private static final int MOST_POOLS = 50;
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,64}");

    private final PoolBook book;

    public PoolOperations(PoolBook book) {
        this.book = book;
    }

    /** CreateDedicatedIpPoolRequest. */
    record Create(
            String poolName,
            @Nullable List<Tag> tags,
            @Nullable String scalingMode) {}

    /** GetDedicatedIpPoolRequest, DeleteDedicatedIpPoolRequest. */
    record Named(String poolName) {}

    /** DedicatedIpPool. */
    record Pool(String poolName, String scalingMode) {}

    /** GetDedicatedIpPoolResponse. */
    record Shown(Pool dedicatedIpPool) {}

    /** PutDedicatedIpPoolScalingAttributesRequest. */
    record Scaling(String poolName, String scalingMode) {}

    /** ListDedicatedIpPoolsRequest. */
    record ListRequest(@Nullable String nextToken, @Nullable Integer pageSize) {}

    /** ListDedicatedIpPoolsResponse. */
    record Listed(List<String> dedicatedIpPools, @Nullable String nextToken) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SESV2, "CreateDedicatedIpPool", Create.class, Nothing.class, this::create)
                .add(Api.SESV2, "DeleteDedicatedIpPool", Named.class, Nothing.class, this::delete)
                .add(Api.SESV2, "GetDedicatedIpPool", Named.class, Shown.class, this::get)
                .add(Api.SESV2, "ListDedicatedIpPools", ListRequest.class, Listed.class, BadRequests.in(this::list))
                .add(Api.SESV2, "PutDedicatedIpPoolScalingAttributes", Scaling.class, Nothing.class, this::scale)
                .add(new AddressOperations(book));
    }

    private Nothing create(Caller caller, Create input) throws ServiceException, IOException {
        if (!NAME.matcher(input.poolName).matches()) {
            throw BadRequests.badRequest("Invalid pool name <" + input.poolName
                    + ">: only lower-case letters, digits, '_', and '-' are allowed, at most 64 of them.");
        }
        SortedMap<String, String> tags = Tags.checked(input.tags == null ? List.of() : input.tags);
        if (book.configured().contains(input.poolName)) {
            throw PoolFaults.there(input.poolName);
        }
        Optional<StoredPool> unused = book.made().change(caller.scope(), input.poolName, before -> {
            if (before.isPresent()) {
                throw PoolFaults.there(input.poolName);
            }
            if (book.made().count(caller.scope()) >= MOST_POOLS) {
                throw new ServiceException(
                        "LimitExceededException",
                        "There are " + MOST_POOLS + " pools already, and no more can be made.");
            }
            return Optional.of(
                    new StoredPool(input.poolName, input.scalingMode == null ? "STANDARD" : input.scalingMode, tags));
        });
        return new Nothing();
    }

    private Nothing delete(Caller caller, Named input) throws ServiceException, IOException {
        refuseConfigured(input.poolName);
        // First, so that no address is left in a pool that is no more.
        if (book.isOwner(caller.scope()) && book.exists(caller.scope(), input.poolName)) {
            book.addresses().bringHome(input.poolName);
        }
        Optional<StoredPool> unused = book.made().change(caller.scope(), input.poolName, before -> {
            if (before.isEmpty()) {
                throw PoolFaults.noPool(input.poolName);
            }
            return Optional.empty();
        });
        return new Nothing();
    }

    private Shown get(Caller caller, Named input) throws ServiceException {
        if (book.configured().contains(input.poolName)) {
            return new Shown(new Pool(input.poolName, "STANDARD"));
        }
        StoredPool pool =
                book.made().find(caller.scope(), input.poolName).orElseThrow(() -> PoolFaults.noPool(input.poolName));
        return new Shown(new Pool(pool.name(), pool.scalingMode()));
    }

    private Listed list(Caller caller, ListRequest input) throws ServiceException {
        TreeSet<String> names = new TreeSet<>(book.configured());
        book.made().list(caller.scope(), "").forEach(pool -> names.add(pool.name()));
        String after = Page.after(caller.scope(), input.nextToken);
        int size = Page.size("PageSize", input.pageSize, MOST_ITEMS, MOST_ITEMS);
        Page<String> page = Page.of(caller.scope(), names.tailSet(after, false), size, name -> name);
        return new Listed(page.items(), page.nextToken());
    }

    private Nothing scale(Caller caller, Scaling input) throws ServiceException, IOException {
        refuseConfigured(input.poolName);
        Optional<StoredPool> unused = book.made().change(caller.scope(), input.poolName, before -> {
            StoredPool pool = before.orElseThrow(() -> PoolFaults.noPool(input.poolName));
            return Optional.of(new StoredPool(pool.name(), input.scalingMode, pool.tags()));
        });
        return new Nothing();
    }

    private void refuseConfigured(String pool) throws ServiceException {
        if (book.configured().contains(pool)) {
            throw PoolFaults.configured(pool);
        }
    }
}
