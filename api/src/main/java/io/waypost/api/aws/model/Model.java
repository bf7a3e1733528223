package io.waypost.api.aws.model;

import io.waypost.api.aws.Operations.Api;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What client and server of one API agree on. Read from a resource when it is asked for first; immutable. */
public final class Model {

    private final String version;
    private final String namespace;
    private final String target;
    private final Map<String, OperationShape> operations;
    private final Map<String, ErrorShape> errorsByName;
    private final Map<String, ErrorShape> errorsByCode;

    Model(
            String version,
            String namespace,
            String target,
            Map<String, OperationShape> operations,
            Map<String, ErrorShape> errors) {
        this.version = version;
        this.namespace = namespace;
        this.target = target;
        this.operations = Map.copyOf(operations);
        this.errorsByName = Map.copyOf(errors);
        this.errorsByCode =
                errors.values().stream().collect(Collectors.toUnmodifiableMap(ErrorShape::code, error -> error));
    }

    public static Model of(Api api) {
        return switch (api) {
            case SES -> Ses.MODEL;
            case SESV2 -> SesV2.MODEL;
            case SNS -> Sns.MODEL;
            case MAILMANAGER -> MailManager.MODEL;
        };
    }

    /** Such as {@code 2010-12-01}. */
    public String version() {
        return version;
    }

    /** The namespace of XML answers; empty where answers are JSON. */
    public String namespace() {
        return namespace;
    }

    /** What stands before the operation in the header X-Amz-Target; empty where there is none. */
    public String target() {
        return target;
    }

    public Optional<OperationShape> operation(String name) {
        return Optional.ofNullable(operations.get(name));
    }

    /** In no order. */
    public Collection<OperationShape> operations() {
        return operations.values();
    }

    /** The error of this shape, or else of this code. */
    public Optional<ErrorShape> error(String nameOrCode) {
        return Optional.ofNullable(errorsByName.get(nameOrCode))
                .or(() -> Optional.ofNullable(errorsByCode.get(nameOrCode)));
    }

    // A class each: a model is read when somebody speaks its API.

    private static final class Ses {
        static final Model MODEL = ModelReader.read("ses.json");
    }

    private static final class SesV2 {
        static final Model MODEL = ModelReader.read("sesv2.json");
    }

    private static final class Sns {
        static final Model MODEL = ModelReader.read("sns.json");
    }

    private static final class MailManager {
        static final Model MODEL = ModelReader.read("mailmanager.json");
    }
}
