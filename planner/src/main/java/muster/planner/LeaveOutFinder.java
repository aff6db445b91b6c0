package muster.planner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import muster.planner.domain.Job;
import muster.planner.domain.PlanAnswer;
import muster.planner.domain.Scenario;
import muster.planner.perf.RateBook;

/**
 * Which jobs of an impossible scenario to give up so that the others can be done, the least important first: jobs are kept by
 * importance as long as there is a plan for them, half of those that are left at a time. What comes after a job that is given
 * up is given up, too.
 */
final class LeaveOutFinder {
    /** Each question may be a search. */
    private static final int MOST_QUESTIONS = 40;

    private final Scenario scenario;
    private final RateBook book;
    private final BooleanSupplier stop;
    private final Set<Job> kept = new HashSet<>();
    private boolean conclusive = true;
    private int questions;

    LeaveOutFinder(Scenario scenario, RateBook book, BooleanSupplier stop) {
        this.scenario = scenario;
        this.book = book;
        this.stop = stop;
    }

    /** {@return what to leave out of a scenario that is proved to have no plan; empty where no part of it was found possible} */
    Optional<PlanAnswer.LeaveOut> find() {
        List<Job> order = mostImportantFirst();
        int half = order.size() / 2;
        if (half > 0) {
            add(order.subList(0, half));
            add(order.subList(half, order.size()));
        }
        List<String> out = scenario.jobs().stream()
                .filter(job -> !kept.contains(job))
                .map(Job::name)
                .toList();
        return kept.isEmpty() ? Optional.empty() : Optional.of(new PlanAnswer.LeaveOut(out, conclusive));
    }

    /** Keeps as many of these jobs as can be done beside those kept already, the earlier ones of the list first. */
    private void add(List<Job> jobs) {
        List<Job> possible = withPredecessors(jobs);
        if (possible.isEmpty()) {
            return;
        }
        if (isPossibleWith(possible)) {
            kept.addAll(possible);
        } else if (possible.size() > 1) {
            add(possible.subList(0, possible.size() / 2));
            add(possible.subList(possible.size() / 2, possible.size()));
        }
    }

    /** {@return those of the jobs that come after none that is left out} */
    private List<Job> withPredecessors(List<Job> jobs) {
        Set<String> done = kept.stream().map(Job::name).collect(Collectors.toCollection(HashSet::new));
        List<Job> possible = new ArrayList<>();
        for (Job job : jobs) {
            if (done.containsAll(job.after())) {
                possible.add(job);
                done.add(job.name());
            }
        }
        return possible;
    }

    private boolean isPossibleWith(List<Job> more) {
        if (questions == MOST_QUESTIONS || stop.getAsBoolean()) {
            conclusive = false;
            return false;
        }
        questions++;
        Scenario part = scenario.withJobs(scenario.jobs().stream()
                .filter(job -> kept.contains(job) || more.contains(job))
                .toList());
        FleetInquiry.Finding finding =
                new FleetInquiry(part, book, FleetInquiry.whatIf(scenario.seed()), stop).isPossible();
        conclusive &= finding.feasible() || finding.infeasible();
        return finding.feasible();
    }

    /** By priority, a job being as important as any that comes after it; of equals the earlier in the file first. */
    private List<Job> mostImportantFirst() {
        List<Job> jobs = scenario.jobs();
        int[] importance = jobs.stream().mapToInt(Job::priority).toArray();
        int[] depth = new int[importance.length];
        for (int round = 0; round < importance.length; round++) {
            for (int j = 0; j < importance.length; j++) {
                for (int before = 0; before < importance.length; before++) {
                    if (jobs.get(j).after().contains(jobs.get(before).name())) {
                        importance[before] = Math.max(importance[before], importance[j]);
                        depth[j] = Math.max(depth[j], depth[before] + 1);
                    }
                }
            }
        }
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, importance.length).boxed().toList());
        order.sort(Comparator.comparingInt((Integer j) -> -importance[j])
                .thenComparingInt(j -> depth[j])
                .thenComparingInt(j -> j));
        return order.stream().map(jobs::get).toList();
    }
}
