package io.waypost.api.pool;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.v2.BadRequests;
import io.waypost.api.kept.Page;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The server's source addresses are shown; its owner moves and warms them. */
final class AddressOperations implements Operations.Family {

    private static final int MOST_ITEMS = 1_000;

    private final PoolBook book;

    AddressOperations(PoolBook book) {
        this.book = book;
    }

    /** GetDedicatedIpRequest. */
    record OneAddress(String ip) {}

    /** DedicatedIp. */
    record Address(String ip, String warmupStatus, int warmupPercentage, String poolName) {
        private static Address of(AddressBook.Now now) {
            OptionalInt percentage = now.percentage();
            String status =
                    percentage.isEmpty() ? "NOT_APPLICABLE" : percentage.getAsInt() < 100 ? "IN_PROGRESS" : "DONE";
            return new Address(now.ip(), status, percentage.orElse(100), now.pool());
        }
    }

    /** GetDedicatedIpResponse. */
    record ShownAddress(Address dedicatedIp) {}

    /** GetDedicatedIpsRequest. */
    record AddressesRequest(
            @Nullable String poolName,
            @Nullable String nextToken,
            @Nullable Integer pageSize) {}

    /** GetDedicatedIpsResponse. */
    record Addresses(List<Address> dedicatedIps, @Nullable String nextToken) {}

    /** PutDedicatedIpInPoolRequest. */
    record Move(String ip, String destinationPoolName) {}

    /** PutDedicatedIpWarmupAttributesRequest. */
    record Warm(String ip, int warmupPercentage) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SESV2, "GetDedicatedIp", OneAddress.class, ShownAddress.class, this::address)
                .add(Api.SESV2, "GetDedicatedIps", AddressesRequest.class, Addresses.class, BadRequests.in(this::list))
                .add(Api.SESV2, "PutDedicatedIpInPool", Move.class, Nothing.class, this::move)
                .add(Api.SESV2, "PutDedicatedIpWarmupAttributes", Warm.class, Nothing.class, this::warm);
    }

    private ShownAddress address(Caller caller, OneAddress input) throws ServiceException {
        return book.addresses()
                .find(input.ip)
                .map(Address::of)
                .map(ShownAddress::new)
                .orElseThrow(() -> PoolFaults.noAddress(input.ip));
    }

    private Addresses list(Caller caller, AddressesRequest input) throws ServiceException {
        if (input.poolName != null && !book.exists(caller.scope(), input.poolName)) {
            throw PoolFaults.noPool(input.poolName);
        }
        String after = Page.after(caller.scope(), input.nextToken);
        int size = Page.size("PageSize", input.pageSize, MOST_ITEMS, MOST_ITEMS);
        List<Address> left = book.addresses().list().stream()
                .map(Address::of)
                .filter(address -> input.poolName == null || address.poolName.equals(input.poolName))
                .filter(address -> name(address).compareTo(after) > 0)
                .sorted(Comparator.comparing(AddressOperations::name))
                .toList();
        Page<Address> page = Page.of(caller.scope(), left, size, AddressOperations::name);
        return new Addresses(page.items(), page.nextToken());
    }

    // A space stands before all that names hold, so that this order is that of the list.
    private static String name(Address address) {
        return address.poolName + " " + address.ip;
    }

    private Nothing move(Caller caller, Move input) throws ServiceException, IOException {
        refuseOthers(caller);
        if (!book.exists(caller.scope(), input.destinationPoolName)) {
            throw PoolFaults.noPool(input.destinationPoolName);
        }
        if (!book.addresses().move(input.ip, input.destinationPoolName)) {
            throw PoolFaults.noAddress(input.ip);
        }
        return new Nothing();
    }

    private Nothing warm(Caller caller, Warm input) throws ServiceException, IOException {
        refuseOthers(caller);
        if (input.warmupPercentage < 0 || input.warmupPercentage > 100) {
            throw BadRequests.badRequest("The warmup percentage must be between 0 and 100: " + input.warmupPercentage);
        }
        if (!book.addresses().warm(input.ip, input.warmupPercentage)) {
            throw PoolFaults.noAddress(input.ip);
        }
        return new Nothing();
    }

    // All accounts send from the same addresses.
    private void refuseOthers(Caller caller) throws ServiceException {
        if (!book.isOwner(caller.scope())) {
            throw new ServiceException(
                    "AccessDenied", "The addresses of this server can be changed only by its first account.");
        }
    }
}
