"""Look: the bench page's colours and shapes; the colours are the lane's own roles."""

PRIMARY, GROUND, INK, SUN, MUTED, HAIR = "#0B6448", "#EAF0EA", "#12211B", "#FFC83A", "#55645C", "#D5DED8"
RED, AMBER, GREEN = "#C8372B", "#E08A00", "#2C9E63"

_PAGE = f"""
body {{ background: {GROUND}; color: {INK};
  font-family: Inter, Roboto, system-ui, sans-serif; font-variant-numeric: tabular-nums; }}
.nicegui-content {{ padding: 0; gap: 0; height: 100vh; flex-wrap: nowrap; }}
.b-bar {{ background: {PRIMARY}; color: #fff; display: flex; align-items: center; gap: 14px; width: 100%;
  height: 52px; flex: none; padding: 0 16px; font-size: 14px; }}
.b-brand {{ font-size: 22px; font-weight: 800; letter-spacing: -.01em; }}
.b-demo {{ background: {SUN}; color: {INK}; border-radius: 6px; padding: 1px 8px; font-weight: 800; font-size: 13px; }}
.b-bar a {{ color: #fff; font-weight: 600; }}
.b-quiet {{ opacity: .85; }}
.b-muted {{ color: {MUTED}; font-size: 13px; }}
.b-title {{ font-size: 13px; font-weight: 700; color: {MUTED}; margin-top: 12px; }}
.b-counter {{ display: grid; grid-template-columns: minmax(560px, 1fr) 252px 350px; gap: 14px; padding: 14px;
  width: 100%; min-height: 0; flex: 1; }}
.b-left {{ display: grid; grid-template-rows: auto minmax(212px, 1fr); gap: 14px; min-width: 0; min-height: 0; }}
.b-middle {{ display: flex; flex-direction: column; gap: 14px; min-height: 0; overflow-y: auto; }}
.b-card {{ background: #fff; border-radius: 16px; padding: 12px; min-height: 0;
  box-shadow: 0 1px 2px rgba(18, 33, 27, .12); }}
.b-flip {{ background: {GROUND} !important; color: {INK} !important; font-weight: 600; font-size: 13px;
  border-radius: 9px; min-height: 32px; padding: 0 10px; }}
.b-flip.done {{ background: {SUN} !important; }}
.b-flip.disabled {{ opacity: .45 !important; }}
"""

_LANE = f"""
.b-lane {{ display: flex; gap: 12px; align-items: stretch; justify-content: center; min-width: 0; }}
.b-bezel {{ background: {INK}; border-radius: 18px; padding: 10px; flex: 1; min-width: 0; position: relative;
  max-width: calc((100vh - 340px) * 1.6 + 20px); }} /* in a low window the shelf below keeps a row of products */
.b-screen {{ width: 100%; border-radius: 10px; overflow: hidden; cursor: pointer; display: block; background: #223; }}
.b-bezel:focus-visible {{ outline: 4px solid {SUN}; }}
.b-away {{ position: absolute; inset: 10px; border-radius: 10px; background: rgba(18, 33, 27, .82); color: #fff;
  display: flex; align-items: center; justify-content: center; font-size: 20px; font-weight: 600; }}
.b-tower {{ width: 30px; background: #2B3A33; border-radius: 15px; padding: 6px 5px; flex: none; align-self: flex-start;
  display: flex; flex-direction: column; gap: 6px; }}
.b-tower i {{ width: 20px; height: 34px; border-radius: 10px; background: #46554E; display: block; }}
.b-tower .b-cue {{ writing-mode: vertical-rl; color: #fff; font-size: 13px; }}
.b-tower i.lit.red {{ background: {RED}; box-shadow: 0 0 16px {RED}; }}
.b-tower i.lit.amber {{ background: #FFB020; box-shadow: 0 0 16px #FFB020; }}
.b-tower i.lit.green {{ background: #3FCB84; box-shadow: 0 0 16px #3FCB84; }}
.b-tower i.lit.pulse {{ animation: b-pulse 2s ease-in-out 30; }}
@keyframes b-pulse {{ 50% {{ background: #46554E; box-shadow: none; }} }}
"""

_HAND = f"""
.b-hand {{ display: flex; flex-direction: column; gap: 8px; min-width: 0; }}
.b-scan, .b-chips {{ align-items: center; gap: 8px; width: 100%; flex-wrap: nowrap; }}
.b-chips {{ gap: 6px; }}
.b-chips .b-flip {{ font-size: 12px; min-height: 26px; padding: 0 9px; border-radius: 13px; font-weight: 500;
  white-space: nowrap; }}
.b-faults summary {{ cursor: pointer; color: {MUTED}; font-size: 13px; }}
.b-faults summary > * {{ display: inline-block; }}
.b-faults summary::before {{ content: "▸ "; }}
.b-faults[open] summary::before {{ content: "▾ "; }}
.b-faults .b-chips {{ flex-wrap: wrap; padding: 6px 0 2px; }}
.b-odd {{ flex-wrap: wrap; }}
.b-odd .b-faults[open] {{ flex-basis: 100%; }}
.b-terminal-side .b-faults, .b-printer .b-faults {{ margin-top: 8px; }}
.b-scan .q-field {{ flex: 1; min-width: 0; }}
.b-scan .q-field--dense .q-field__control, .b-scan .q-field--dense .q-field__marginal {{ height: 34px; }}
.b-shelf {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(112px, 1fr)); gap: 8px; overflow-y: auto;
  min-height: 0; flex: 1; align-content: start; }}
.b-product {{ border: 1px solid {HAIR}; border-radius: 12px; background: #fff; padding: 8px; position: relative;
  display: grid; grid-template-rows: 38px 32px auto; gap: 4px; justify-items: center; text-align: center;
  font-size: 12.5px; line-height: 1.25; cursor: pointer; color: {INK}; }}
.b-product:hover {{ border-color: {PRIMARY}; background: #F6FAF6; }}
.b-product:active {{ transform: translateY(2px); }}
.b-product:focus-visible {{ outline: 3px solid {SUN}; }}
.b-product.hidden {{ display: none; }}
.b-product img {{ height: 38px; }}
.b-product .material-icons {{ font-size: 32px; color: {PRIMARY}; line-height: 38px; }}
.b-product span {{ display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }}
.b-product em {{ font-style: normal; font-weight: 700; }}
.b-product b {{ position: absolute; top: 5px; right: 5px; border-radius: 7px; padding: 0 5px; font-size: 11px;
  background: {SUN}; }}
.b-product b.recall {{ background: {RED}; color: #fff; }}
"""

_SCALE = """
.b-middle .b-card { flex: none; }
.b-scale .b-chips, .b-middle .b-chips { flex-wrap: wrap; }
.b-scale .b-scan + .b-scan .b-flip { flex: 1; padding: 0 4px; font-size: 12.5px; }
"""

_KEYPAD = """
.b-keypad .b-keys .b-flip { min-height: 36px; }
.b-keypad .b-scan { justify-content: space-between; }
"""

_TERMINAL = f"""
.b-terminal-side {{ display: flex; flex-direction: column; flex: 1 0 auto; }}
.b-terminal {{ background: linear-gradient(#2E3C36, #1C2722); border-radius: 22px; padding: 14px; color: #fff; }}
.b-lcd {{ background: #D9EBD9; color: {INK}; border-radius: 10px; min-height: 112px; padding: 12px; font-weight: 700;
  font-size: 17px; display: flex; flex-direction: column; align-items: center; justify-content: center;
  text-align: center; white-space: pre-line; }}
.b-lcd.dark {{ background: #39463F; }}
.b-dots {{ font-size: 26px; line-height: 1; min-height: 26px; letter-spacing: 3px; }}
.b-cards {{ display: grid; grid-template-columns: 1fr 1fr; gap: 8px; margin: 10px 0; }}
.b-cards .b-flip {{ background: {SUN} !important; min-height: 40px; padding: 0 4px; }}
.b-keys {{ display: grid; grid-template-columns: repeat(3, 1fr); gap: 7px; }}
.b-keys .b-flip {{ background: #F2F5F2 !important; min-height: 40px; font-size: 17px; }}
.b-keys .b-flip.red {{ background: {RED} !important; color: #fff !important; }}
.b-keys .b-flip.green {{ background: {GREEN} !important; color: #fff !important; }}
.b-switches {{ display: grid; grid-template-columns: 1fr 1fr; gap: 6px; margin-top: 10px; }}
.b-switches .b-flip {{ padding: 0 6px; font-size: 12.5px; }}
.b-terminal-side .b-switches .b-flip:first-child {{ grid-column: span 2; }}
.b-charges {{ gap: 2px; width: 100%; overflow-y: auto; min-height: 40px; }}
.b-charge {{ font-size: 13px; font-weight: 600; white-space: pre; }}
"""

_PRINTER = f"""
.b-printer {{ display: flex; flex-direction: column; }}
.b-roll {{ flex: 1; min-height: 120px; overflow-y: auto; display: flex; flex-direction: column-reverse;
  background: {GROUND}; border-radius: 12px 12px 0 0; padding: 12px 0 0 12px; scrollbar-gutter: stable; }}
.b-paper {{ display: flex; flex-direction: column; gap: 10px; min-height: 100%; justify-content: flex-end; }}
.b-receipt {{ background: #FFFEFA; color: #1A1A1A; padding: 14px 10px 16px; box-shadow: 0 1px 4px rgba(0, 0, 0, .18);
  font: 10.4px/1.32 "DejaVu Sans Mono", "Liberation Mono", Consolas, monospace; }}
.b-receipt.hanging {{ padding-bottom: 2px; box-shadow: none; }}
.b-line {{ white-space: pre; text-align: left; overflow: hidden; }}
.b-line.centre {{ text-align: center; }}
.b-line.right {{ text-align: right; }}
.b-line.bold {{ font-weight: 700; }}
.b-line.tall {{ font-size: 10.4px; line-height: 2.4; }}
.b-line.tall {{ transform: scaleY(1.7); transform-origin: center; }}
.b-qr svg {{ width: 132px; height: 132px; display: inline-block; }}
.b-dots {{ display: inline-block; vertical-align: top; height: auto; max-width: 100%; }}
.b-bars svg {{ width: 86%; height: 40px; display: inline-block; }}
.b-slot {{ background: linear-gradient(#3A4841, #26312C); color: #fff; border-radius: 0 0 14px 14px; padding: 9px 14px;
  border-top: 5px solid #111814; display: flex; align-items: center; gap: 8px; font-size: 13px; font-weight: 600; }}
.b-slot i {{ width: 10px; height: 10px; border-radius: 5px; background: #3FCB84; }}
.b-slot i.bad {{ background: #FFB020; }}
.b-drawer {{ margin-top: 10px; background: #46554E; color: #fff; border-radius: 8px; padding: 5px 12px;
  min-height: 36px; border-bottom: 5px solid #2B3A33; font-size: 13px; font-weight: 600; display: flex;
  align-items: center;
  justify-content: space-between; }}
.b-drawer.open {{ border-bottom-width: 14px; border-bottom-color: {AMBER}; }}
"""

CSS = _PAGE + _LANE + _HAND + _SCALE + _KEYPAD + _TERMINAL + _PRINTER
