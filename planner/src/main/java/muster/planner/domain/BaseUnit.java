package muster.planner.domain;

/** The units that figures are kept in after the door; {@code symbol} is how JSON and reports name them. */
public enum BaseUnit {
    COUNT(""),
    FRACTION(""),
    SECONDS("s"),
    PER_HOUR("/h"),
    USD("USD"),
    USD_PER_GPU_HOUR("USD/GPU/h"),
    USD_PER_KWH("USD/kWh"),
    USD_PER_KILOWATT_MONTH("USD/kW/month"),
    KG_PER_KWH("kg/kWh"),
    WATTS("W"),
    KILOWATT_HOURS("kWh"),
    KILOGRAMS("kg"),
    BYTES("B"),
    BYTES_PER_SECOND("B/s"),
    FLOPS_PER_SECOND("FLOP/s"),
    TOKENS("tokens"),
    TOKENS_PER_SECOND("tokens/s"),
    TOKENS_PER_SECOND_PER_GPU("tokens/s/GPU"),
    SEQUENCES("sequences"),
    SAMPLES("samples"),
    NODES("nodes"),
    PARAMETERS("parameters"),
    GPU_HOURS("GPU-h"),
    FLOP("FLOP"),
    USD_PER_GPU("USD/GPU"),
    USD_PER_NODE("USD/node");

    private final String symbol;

    BaseUnit(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }
}
