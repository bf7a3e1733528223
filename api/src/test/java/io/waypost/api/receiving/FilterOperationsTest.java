package io.waypost.api.receiving;

import static io.waypost.api.receiving.Receipts.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.aws.Operation.Nothing;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Filters of addresses, by SES contract 2.4. */
class FilterOperationsTest {

    private Receipts receipts;

    @BeforeEach
    void begin() throws IOException {
        receipts = new Receipts();
    }

    @Test
    void filtersAreCheckedListedAndInForce() throws Exception {
        receipts.create("s");
        receipts.activate("s");
        receipts.filter("b", "Block", "0.0.0.0/0");
        receipts.filter("a", "Allow", "198.51.100.7");
        refused(
                "AlreadyExistsException",
                "Filter already exists: a",
                () -> receipts.filter("a", "Block", "10.0.0.0/8"));
        refused(
                "InvalidParameterValue",
                "Not a valid filterName: -x",
                () -> receipts.filter("-x", "Block", "10.0.0.0/8"));
        refused(
                "InvalidParameterValue",
                "Invalid CIDR block: 10.0.0.0/33",
                () -> receipts.filter("x", "Block", "10.0.0.0/33"));
        refused("InvalidParameterValue", "Invalid CIDR block: home", () -> receipts.filter("x", "Block", "home"));
        assertThat(((FilterOperations.Listed) receipts.call("ListReceiptFilters", new Nothing())).filters())
                .extracting(ReceiptFilter::name)
                .containsExactly("a", "b");
        var filter = receipts.book.inForce().receivers().getFirst().filter();
        assertThat(filter.blocks(java.net.InetAddress.ofLiteral("198.51.100.7")))
                .isFalse();
        assertThat(filter.blocks(java.net.InetAddress.ofLiteral("198.51.100.8")))
                .isTrue();
        receipts.call("DeleteReceiptFilter", new FilterOperations.Delete("b"));
        assertThat(receipts.book.inForce().receivers().getFirst().filter().blocked())
                .isEmpty();
    }
}
