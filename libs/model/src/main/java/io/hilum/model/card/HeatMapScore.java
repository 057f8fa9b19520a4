package io.hilum.model.card;

/**
 * How often the maximum of the heat map lies inside of the lesion.
 *
 * @param films films with the finding and a known place
 * @param hitRate share of films whose maximum hits
 * @param chance share that a point thrown at random onto the film would hit: the mean lesion area
 */
public record HeatMapScore(int films, Interval hitRate, double chance) {}
