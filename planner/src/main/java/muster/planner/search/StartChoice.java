package muster.planner.search;

import org.optaplanner.core.api.domain.entity.PlanningEntity;
import org.optaplanner.core.api.domain.lookup.PlanningId;
import org.optaplanner.core.api.domain.valuerange.CountableValueRange;
import org.optaplanner.core.api.domain.valuerange.ValueRangeFactory;
import org.optaplanner.core.api.domain.valuerange.ValueRangeProvider;
import org.optaplanner.core.api.domain.variable.PlanningVariable;

/**
 * Whether a job starts as soon as its release and its predecessors allow, or waits for one more event: a job's end, by the
 * job's number, or a date at which nodes come, numbered on from the jobs.
 */
@PlanningEntity
public class StartChoice {
    /** Waits for no further event. */
    static final int AT_ONCE = -1;

    @PlanningId
    private int job;

    private int eventCount;

    @PlanningVariable(valueRangeProviderRefs = "jobs")
    private Integer waitsFor;

    /** For the solver's cloner. */
    public StartChoice() {}

    StartChoice(int job, int eventCount, int waitsFor) {
        this.job = job;
        this.eventCount = eventCount;
        this.waitsFor = waitsFor;
    }

    @ValueRangeProvider(id = "jobs")
    public CountableValueRange<Integer> jobRange() {
        return ValueRangeFactory.createIntValueRange(AT_ONCE, eventCount);
    }

    int job() {
        return job;
    }

    int eventCount() {
        return eventCount;
    }

    int waitsFor() {
        return waitsFor;
    }

    void setWaitsFor(int waitsFor) {
        this.waitsFor = waitsFor;
    }

    @Override
    public String toString() {
        return "job %d waits for %d".formatted(job, waitsFor);
    }
}
