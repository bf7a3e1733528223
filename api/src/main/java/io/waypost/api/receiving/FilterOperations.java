package io.waypost.api.receiving;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import java.io.IOException;
import java.util.List;

/** The operations on filters of client addresses (SES contract 2.2). */
public final class FilterOperations implements Operations.Family {

    private final ReceiptFilters filters;

    public FilterOperations(ReceiptFilters filters) {
        this.filters = filters;
    }

    /** CreateReceiptFilter. */
    public record Create(ReceiptFilter filter) {}

    /** DeleteReceiptFilter. */
    public record Delete(String filterName) {}

    /** ListReceiptFiltersResponse. */
    public record Listed(List<ReceiptFilter> filters) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SES, "CreateReceiptFilter", Create.class, Nothing.class, this::create)
                .add(Api.SES, "DeleteReceiptFilter", Delete.class, Nothing.class, this::delete)
                .add(Api.SES, "ListReceiptFilters", Nothing.class, Listed.class, this::list);
    }

    private Nothing create(Caller caller, Create input) throws ServiceException, IOException {
        filters.create(caller.scope(), input.filter);
        return new Nothing();
    }

    private Nothing delete(Caller caller, Delete input) throws IOException {
        filters.delete(caller.scope(), input.filterName);
        return new Nothing();
    }

    private Listed list(Caller caller, Nothing input) {
        return new Listed(filters.list(caller.scope()));
    }
}
