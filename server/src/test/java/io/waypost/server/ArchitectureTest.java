package io.waypost.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Who may touch what, where Maven's dependencies do not say it already. Think before changing a line here: each one keeps a
 * library replaceable or a promise checkable (see docs/ARCHITECTURE.md).
 */
@AnalyzeClasses(
        packages = "io.waypost",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoJarsOfTests.class})
class ArchitectureTest {

    /** What a module's tests lend to ours stands in a jar of its own, which ArchUnit does not take for tests. */
    static final class NoJarsOfTests implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule MIME4J_IS_IN_ONE_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage("io.waypost.message.mime..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.james.mime4j..");

    @ArchTest
    static final ArchRule MESSAGE_KNOWS_NO_OTHER_MODULE = noClasses()
            .that()
            .resideInAPackage("io.waypost.message..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.waypost.store..",
                    "io.waypost.smtp..",
                    "io.waypost.rules..",
                    "io.waypost.actions..",
                    "io.waypost.outbound..",
                    "io.waypost.config..",
                    "io.waypost.api..",
                    "java.sql..",
                    "java.net.http..",
                    "org.apache.camel..",
                    "io.netty..",
                    "io.vertx..");

    @ArchTest
    static final ArchRule SQL_IS_IN_THE_STORE = noClasses()
            .that()
            .resideOutsideOfPackage("io.waypost.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.flywaydb..");

    @ArchTest
    static final ArchRule YAML_IS_IN_ONE_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage("io.waypost.config.text..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.snakeyaml..");

    @ArchTest
    static final ArchRule CONFIG_KNOWS_NO_OTHER_MODULE = noClasses()
            .that()
            .resideInAPackage("io.waypost.config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.waypost.message..",
                    "io.waypost.store..",
                    "io.waypost.smtp..",
                    "io.waypost.rules..",
                    "io.waypost.actions..",
                    "io.waypost.outbound..",
                    "io.waypost.api..");

    @ArchTest
    static final ArchRule CAMEL_IS_IN_ONE_PACKAGE_OF_RULES = noClasses()
            .that()
            .resideInAPackage("io.waypost.rules..")
            .and()
            .resideOutsideOfPackage("io.waypost.rules.run..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule MATCHING_IS_PURE = noClasses()
            .that()
            .resideInAPackage("io.waypost.rules.match..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "java.nio.file..", "java.nio.channels..", "io.waypost.rules.run..");

    @ArchTest
    static final ArchRule MINIO_IS_IN_THE_S3_ACTION = noClasses()
            .that()
            .resideOutsideOfPackage("io.waypost.actions.s3..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.minio..");

    @ArchTest
    static final ArchRule OKHTTP_IS_IN_THREE_PACKAGES = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.waypost.actions.s3..", "io.waypost.smtp.checks.spam..", "io.waypost.outbound.tls..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("okhttp3..", "okio..");

    @ArchTest
    static final ArchRule DNSJAVA_IS_IN_ONE_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage("io.waypost.smtp.checks.dns..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.xbill..", "com.github.benmanes..");

    /** One resolver, with limits and a cache; {@code InetAddress} would ask another, in native code, for as long as it likes. */
    @ArchTest
    static final ArchRule NOBODY_ASKS_THE_SYSTEM_FOR_NAMES = noClasses()
            .should()
            .callMethod(java.net.InetAddress.class, "getByName", String.class)
            .orShould()
            .callMethod(java.net.InetAddress.class, "getAllByName", String.class)
            .orShould()
            .callMethod(java.net.InetAddress.class, "getLocalHost")
            .orShould()
            .callConstructor(java.net.InetSocketAddress.class, String.class, int.class)
            .orShould()
            .callConstructor(java.net.Socket.class, String.class, int.class);

    @ArchTest
    static final ArchRule JAVAX_MAIL_IS_IN_THE_MAILET_ACTION = noClasses()
            .that()
            .resideOutsideOfPackage("io.waypost.actions.mailet..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.mail..", "org.apache.mailet..");

    @ArchTest
    static final ArchRule VERTX_IS_IN_WEB_FACING_PACKAGES = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.waypost.actions.webhook..",
                    "io.waypost.actions.notification..",
                    "io.waypost.api..",
                    "io.waypost.server..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..");

    @ArchTest
    static final ArchRule ACTIONS_DO_NOT_KNOW_EACH_OTHER = slices().matching("io.waypost.actions.(*)..")
            .should()
            .notDependOnEachOther()
            // How several families read what they have in common.
            .ignoreDependency(resideInAPackage("io.waypost.actions.."), resideInAPackage("io.waypost.actions.fields.."))
            // The parsed mail is one text, whoever sends it.
            .ignoreDependency(resideInAPackage("io.waypost.actions.."), resideInAPackage("io.waypost.actions.json.."))
            // A function is called like a webhook: one client, one policy, one way to read a decision.
            .ignoreDependency(
                    resideInAPackage("io.waypost.actions.lambda.."), resideInAPackage("io.waypost.actions.webhook.."))
            // A topic's HTTP subscribers are called with the webhooks' guarded client: one client, one policy.
            .ignoreDependency(
                    resideInAPackage("io.waypost.actions.notification.."),
                    resideInAPackage("io.waypost.actions.webhook.."));

    @ArchTest
    static final ArchRule THE_SESSION_KNOWS_NO_RULES = noClasses()
            .that()
            .resideInAPackage("io.waypost.smtp..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.waypost.rules..",
                    "io.waypost.actions..",
                    "io.waypost.outbound..",
                    "io.waypost.store..",
                    "org.apache.camel..");

    @ArchTest
    static final ArchRule OUTBOUND_KNOWS_NO_DOORS = noClasses()
            .that()
            .resideInAPackage("io.waypost.outbound..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.waypost.smtp..", "io.waypost.actions..", "io.waypost.api..");

    @ArchTest
    static final ArchRule NOBODY_LOOKS_UP_CLIENT_NAMES = noClasses()
            .that()
            .resideInAPackage("io.waypost.smtp..")
            .should()
            .callMethod(java.net.InetAddress.class, "getHostName")
            .orShould()
            .callMethod(java.net.InetAddress.class, "getCanonicalHostName");

    @ArchTest
    static final ArchRule NOBODY_DEPENDS_ON_THE_SERVER = noClasses()
            .that()
            .resideOutsideOfPackages("io.waypost.server..", "io.waypost.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.waypost.server..");
}
