"""What every lab is made of, in both languages.

Python: `base` (a lab: state, links, tables), `challenge` (what one asks), `traits` and `rules` (what a state may be),
`tables` (for readers without JavaScript), `stored` and `toy` (numbers that a script made), `on_demand` (data that come
when they are wanted), `photograph`, `levels`, `seeded`; `page`, `development` and `joiner` bring the scripts to a page.

The scripts, by subject:

    the card        card, toolbar, status, challenges, theme
    the state       store, state, rules, strokes
    links, memory   link, address, memory
    pages           host, embed, joined_worker, bring, gate
    the projector   big, full_screen, presenter
    elements        dom, controls, number_box, tell_slider, typing, locks, words, tabs
    grids           grid, grid_keys, grid_pointer, finger, brush, cell_typing, cells, thumbnail, miniature
    windows, walks  window, arrows, roving, player, map_walk
    photographs     photo, ownphoto, camera, png, pane, steer, paint, small_map, named
    long work       engine, slices, frames, growing, curves
"""
