package muster.planner.profile;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import muster.planner.domain.Job;

/** Finds jobs that are due before one that they come after, near or far, may even start. */
final class JobDates {
    private JobDates() {}

    /** Looks at jobs that could be read; whether a job's own release lies before its deadline, its reader has checked. */
    static void check(List<NamedItems.Item> items, List<Optional<Job>> jobs, Problems problems) {
        Map<String, Job> jobByName = new LinkedHashMap<>();
        jobs.stream().flatMap(Optional::stream).forEach(job -> jobByName.put(job.name(), job));
        for (NamedItems.Item item : items) {
            Optional.ofNullable(jobByName.get(item.name()))
                    .filter(job -> job.deadlineSeconds().isPresent())
                    .ifPresent(job -> check(item, job, jobByName, problems));
        }
    }

    private static void check(NamedItems.Item item, Job job, Map<String, Job> jobByName, Problems problems) {
        double deadline = job.deadlineSeconds().orElseThrow().value();
        Deque<String> waiting = new ArrayDeque<>(job.after());
        Set<String> seen = new HashSet<>();
        while (!waiting.isEmpty()) {
            Job before = jobByName.get(waiting.removeFirst());
            if (before == null || !seen.add(before.name())) {
                continue;
            }
            waiting.addAll(before.after());
            if (before.releaseSeconds()
                    .filter(release -> release.value() >= deadline)
                    .isPresent()) {
                problems.add(
                        item.mapping()
                                .find("deadline")
                                .map(YamlNode::place)
                                .orElse(item.mapping().place()),
                        "%s.deadline lies before job %s may start, which it comes after: it cannot be kept."
                                .formatted(item.path(), before.name()),
                        "a later deadline, or an earlier release of %s.".formatted(before.name()));
            }
        }
    }
}
