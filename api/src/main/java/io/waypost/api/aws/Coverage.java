package io.waypost.api.aws;

import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.model.Model;
import io.waypost.api.aws.model.OperationShape;
import java.util.List;
import java.util.Map;

/** The page that says which operations of each API work: docs/ses-coverage.md. */
public final class Coverage {

    private static final Map<Api, String> TITLES = Map.of(
            Api.SES, "SES, 2010-12-01",
            Api.SESV2, "SES v2, 2019-09-27",
            Api.MAILMANAGER, "Mail Manager, 2023-10-17",
            Api.SNS, "SNS, 2010-03-31");

    private static final List<Api> ORDER = List.of(Api.SES, Api.SESV2, Api.MAILMANAGER, Api.SNS);

    private Coverage() {}

    /** The whole page. */
    public static String markdown(Operations operations) {
        StringBuilder page = new StringBuilder();
        page.append("# Operations of the AWS APIs\n\n");
        page.append(
                "Written from the models and from what is built; a test keeps it true. An operation that does not work yet is\n");
        page.append("answered as one that the API does not know.\n\n");
        page.append("| API | operations | work |\n|---|---:|---:|\n");
        for (Api api : ORDER) {
            page.append("| %s | %d | %d |\n"
                    .formatted(TITLES.get(api), Model.of(api).operations().size(), working(operations, api)));
        }
        for (Api api : ORDER) {
            page.append("\n## ").append(TITLES.get(api)).append("\n\n| operation | state |\n|---|---|\n");
            Model.of(api).operations().stream()
                    .map(OperationShape::name)
                    .sorted()
                    .forEach(name -> page.append("| %s | %s |\n".formatted(name, state(operations, api, name))));
        }
        return page.toString();
    }

    private static long working(Operations operations, Api api) {
        return operations.names().stream().filter(name -> name.api() == api).count();
    }

    private static String state(Operations operations, Api api, String operation) {
        return operations.find(new Operations.Name(api, operation)).isPresent() ? "works" : "not yet";
    }
}
