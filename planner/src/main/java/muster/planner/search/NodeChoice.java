package muster.planner.search;

import org.optaplanner.core.api.domain.entity.PlanningEntity;
import org.optaplanner.core.api.domain.lookup.PlanningId;
import org.optaplanner.core.api.domain.valuerange.CountableValueRange;
import org.optaplanner.core.api.domain.valuerange.ValueRangeFactory;
import org.optaplanner.core.api.domain.valuerange.ValueRangeProvider;
import org.optaplanner.core.api.domain.variable.PlanningVariable;

/** How many units (a unit is the pool's granularity in nodes) of one pool one job holds. */
@PlanningEntity
public class NodeChoice {
    @PlanningId
    private int id;

    private int job;
    private int pool;
    private int granularityNodes;
    private int mostUnits;

    @PlanningVariable(valueRangeProviderRefs = "units")
    private Integer units;

    /** For the solver's cloner. */
    public NodeChoice() {}

    NodeChoice(int id, int job, int pool, int granularityNodes, int mostUnits, int units) {
        this.id = id;
        this.job = job;
        this.pool = pool;
        this.granularityNodes = granularityNodes;
        this.mostUnits = mostUnits;
        this.units = units;
    }

    @ValueRangeProvider(id = "units")
    public CountableValueRange<Integer> unitRange() {
        return ValueRangeFactory.createIntValueRange(0, mostUnits + 1);
    }

    int job() {
        return job;
    }

    int pool() {
        return pool;
    }

    int mostUnits() {
        return mostUnits;
    }

    int units() {
        return units;
    }

    int nodes() {
        return units * granularityNodes;
    }

    void setUnits(int units) {
        this.units = units;
    }

    @Override
    public String toString() {
        return "job %d pool %d: %d nodes".formatted(job, pool, nodes());
    }
}
