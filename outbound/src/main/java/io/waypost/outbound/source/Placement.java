package io.waypost.outbound.source;

import io.waypost.outbound.port.SourceAddressChanges.Change;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which address belongs to which pool now. Immutable.
 *
 * @param after the changes that it comes from, as one object
 */
record Placement(Map<InetAddress, Change> after, Map<String, List<SourceAddress>> pools) {

    static Placement of(Map<String, List<SourceAddress>> configured, Map<InetAddress, Change> changes) {
        Map<String, List<SourceAddress>> pools = new HashMap<>();
        configured.forEach((name, addresses) -> {
            pools.computeIfAbsent(name, _ -> new ArrayList<>());
            for (SourceAddress address : addresses) {
                Optional<Change> change = Optional.ofNullable(changes.get(address.address()));
                pools.computeIfAbsent(change.flatMap(Change::pool).orElse(name), _ -> new ArrayList<>())
                        .add(changed(address, change));
            }
        });
        return new Placement(changes, pools);
    }

    private static SourceAddress changed(SourceAddress address, Optional<Change> change) {
        return change.flatMap(Change::warmUp)
                .map(warmth -> new SourceAddress(
                        address.address(),
                        address.hostname(),
                        warmth.percentage() >= 100
                                ? Optional.empty()
                                : Optional.of(WarmUp.reached(
                                        address.warmUp().map(WarmUp::recipients).orElse(WarmUp.STANDARD), warmth))))
                .orElse(address);
    }
}
