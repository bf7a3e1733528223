package io.waypost.config;

import io.waypost.config.FilterSettings.Policy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code filters} part of the server's file. */
final class FilterReader {

    private final Set<String> ranges = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    private FilterReader() {}

    static List<FilterSettings> read(Section root) {
        FilterReader reader = new FilterReader();
        List<FilterSettings> filters = new ArrayList<>();
        for (Section section : root.sections("filters")) {
            reader.filter(section).ifPresent(filters::add);
        }
        return filters;
    }

    private Optional<FilterSettings> filter(Section section) {
        boolean allow = section.has("allow");
        if (allow == section.has("block")) {
            section.fault("block", "a filter has either 'block' or 'allow'");
        }
        String key = allow ? "allow" : "block";
        Optional<CidrBlock> range = section.optional(key, CidrBlock::of, CidrBlock::toString);
        Optional<String> name = section.optional("name", Section::name, text -> text);
        range.filter(of -> !ranges.add(key + " " + of))
                .ifPresent(of -> section.fault(key, "'" + of + "' is filtered twice; remove one of the two"));
        name.filter(of -> !names.add(of))
                .ifPresent(of -> section.fault("name", "two filters are called '" + of + "'; rename one of them"));
        section.finish();
        Policy policy = allow ? Policy.ALLOW : Policy.BLOCK;
        return range.map(of -> new FilterSettings(policy, of, name.orElseGet(of::toString)));
    }
}
