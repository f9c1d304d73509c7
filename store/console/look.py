"""Look: colours and shapes of the console, the same roles as on the lanes."""

PRIMARY, GROUND, INK, SUN, AMBER, RED = "#0B6448", "#EAF0EA", "#12211B", "#FFC83A", "#8A4B00", "#A3261B"

TOUCH = """
@media (max-width: 900px), (pointer: coarse) {
  .q-btn.q-btn-item { min-height: 44px !important; min-width: 44px !important; }
  .q-field--dense .q-field__control, .q-field--dense .q-field__marginal { min-height: 44px; }
  .q-field--dense:not(.q-field--float) .q-field__label { top: 12px; }
  .q-toggle, .q-checkbox, .q-radio { min-height: 44px; }
}
"""
"""What a finger touches is 44 px high at least (WCAG 2.2, 2.5.5)."""

CSS = f"""
.q-btn {{ text-transform: none; }}
.q-dialog .q-card {{ border-radius: 16px; }}
body {{ background: {GROUND}; color: {INK};
  font-family: Inter, Roboto, system-ui, sans-serif; font-variant-numeric: tabular-nums; }}
.nicegui-content {{ padding: 0; }}
.k-bar {{ background: {PRIMARY}; color: #fff; box-shadow: none; }}
.k-bar .q-tab__label {{ font-size: 15px; text-transform: none; font-weight: 600; }}
.k-bar {{ padding-bottom: 0; }}
.k-brand {{ font-size: 22px; font-weight: 800; letter-spacing: -.01em; min-width: 4ch; overflow: hidden;
  text-overflow: ellipsis; white-space: nowrap; }}
.k-told {{ flex: 1 1 auto; min-width: 0; justify-content: flex-end; gap: 4px 8px; }}
.k-told .k-demo {{ white-space: nowrap; }}
.k-demo {{ background: {SUN}; color: {INK}; border-radius: 6px; padding: 2px 8px; font-weight: 800; font-size: 13px; }}
.k-page .q-tabs {{ max-width: calc(100vw - 48px); }}
.q-tab {{ text-transform: none; }}
/* Arrows that come when the tabs are there already would push them away under a finger: few tabs stand in lines, and
   many have the arrows' room from the first. */
.k-few .q-tabs__content {{ flex-wrap: wrap; }}
@media (max-width: 900px) {{ .q-tabs__arrows--outside.q-tabs--horizontal {{ padding: 0 36px; }} }}
.k-page .q-tab, .q-dialog .q-tab {{ font-weight: 600; min-height: 48px; padding: 0 12px; }}
.k-page {{ max-width: 1280px; margin: 0 auto; padding: 24px; width: 100%; }}
.k-lanes {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); gap: 16px; width: 100%; }}
.k-place {{ display: grid; }}
.k-card {{ background: #fff; border-radius: 16px; padding: 20px; border-left: 8px solid {PRIMARY};
  box-shadow: 0 1px 2px rgba(18, 33, 27, .12); display: flex; flex-direction: column; gap: 8px; min-height: 190px; }}
.k-card.call {{ border-left-color: {SUN}; background: #FFF8E3; }}
.k-card.off {{ border-left-color: #9AA8A0; color: #55645C; }}
.k-card.free {{ border-left-color: #57B98C; }}
.k-title {{ font-size: 18px; font-weight: 700; }}
.k-status {{ font-size: 15px; font-weight: 600; color: {PRIMARY}; }}
.call .k-status {{ color: {AMBER}; }}
.off .k-status {{ color: #55645C; }}
.k-due {{ font-size: 30px; font-weight: 800; letter-spacing: -.02em; }}
.k-call {{ background: {SUN}; color: {INK}; border-radius: 10px; padding: 10px 12px; font-weight: 700; width: 100%; }}
.k-fact {{ font-weight: 500; font-size: 14px; }}
.k-answers {{ display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; }}
.k-answers .q-btn {{ min-height: 44px; flex: 1 1 auto; }}
.k-answers .q-btn--outline {{ background: #fff; }}
.k-picture {{ width: 64px; height: 64px; object-fit: contain; background: #fff; border-radius: 8px; }}
.k-tools {{ gap: 8px; margin-bottom: 16px; }}
.k-order {{ width: 640px; max-width: 100%; border-radius: 16px; }}
.k-choices {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(140px, 1fr)); gap: 8px; width: 100%; }}
.k-choices .q-btn {{ min-height: 44px; }}
.k-line {{ display: flex; justify-content: space-between; gap: 16px; width: 100%; flex-wrap: nowrap; }}
.k-part {{ border-bottom: 1px solid #E1E8E3; padding: 4px 0; width: 100%; }}
.k-board {{ display: grid; gap: 20px; width: 100%; padding: 20px;
  grid-template-columns: repeat(auto-fill, minmax(min(420px, 100%), 1fr)); }}
.k-board .k-card {{ padding: 28px; }}
.k-board .k-title {{ font-size: 34px; white-space: nowrap; }}
.k-board .k-status {{ font-size: 24px; text-align: right; }}
.k-board .k-call {{ font-size: 26px; line-height: 1.25; }}
.k-board .k-due {{ font-size: 40px; }}
.k-board .k-trouble {{ font-size: 20px; }}
@media (max-width: 640px) {{
  .k-board {{ padding: 12px; gap: 12px; }}
  .k-board .k-card {{ padding: 16px; min-height: 0; }}
  .k-board .k-title {{ font-size: 26px; }}
  .k-board .k-status {{ font-size: 18px; }}
  .k-board .k-call {{ font-size: 20px; }}
  .k-board .k-due {{ font-size: 32px; }}
}}
.k-board-head {{ background: {PRIMARY}; color: #fff; padding: 12px 20px; }}
.k-keep {{ background: #fff; color: {PRIMARY}; border: 0; border-radius: 8px; padding: 10px 16px; font-weight: 700; }}
@media (max-width: 900px) {{
  .k-bar {{ flex-wrap: wrap; }}
}}
@media (max-width: 640px) {{
  .k-page {{ padding: 12px; }}
  .k-page .q-tabs {{ max-width: calc(100vw - 24px); }}
  .k-page .w-80 {{ width: 100%; }}
  .k-tools .q-btn {{ flex: 1 1 0; white-space: nowrap; }}
  .k-tools .q-space {{ flex: 1 0 100%; height: 0; margin: 0; }}
  .k-bar {{ padding: 4px 8px 0; }}
}}
{TOUCH}
.k-trouble {{ color: {RED}; font-weight: 600; font-size: 14px; }}
.k-foot {{ color: #55645C; font-size: 13px; margin-top: auto; }}
.k-sheet {{ background: #fff; border-radius: 16px; padding: 8px; width: 100%;
  box-shadow: 0 1px 2px rgba(18, 33, 27, .12); }}
.k-sheet .q-table__card, .k-sheet .q-table {{ box-shadow: none; }}
.k-sheet th {{ font-size: 13px; color: #55645C; font-weight: 600; }}
.k-sheet td {{ font-size: 15px; }}
.k-sheet tbody tr {{ cursor: pointer; }}
.k-row {{ display: grid; grid-template-columns: 160px minmax(200px, 1fr) 150px 150px 190px; gap: 16px;
  align-items: center; width: 100%; padding: 8px 16px; border-bottom: 1px solid #E1E8E3; font-size: 15px; }}
.k-row.head {{ color: #55645C; font-size: 13px; font-weight: 600; }}
.k-num {{ text-align: right; }}
.k-member {{ display: flex; justify-content: space-between; gap: 16px; padding: 12px 16px; width: 100%;
  border-bottom: 1px solid #E1E8E3; cursor: pointer; align-items: center; }}
.k-member:last-child {{ border-bottom: 0; }}
.k-member:focus-visible {{ outline: 3px solid {PRIMARY}; outline-offset: -3px; }}
.k-page .q-tab-panel {{ padding-left: 0; padding-right: 0; }}
.k-exports .q-btn {{ padding: 4px 12px; }}
.k-file {{ width: 100%; max-width: 640px; }}
.nicegui-link:link, .nicegui-link:visited {{ color: {PRIMARY}; font-weight: 600; }}
.k-muted {{ color: #55645C; }}
.k-below {{ color: {RED}; }}
.k-alarm {{ display: flex; flex-direction: column; gap: 2px; padding: 12px 16px; width: 100%;
  border-left: 8px solid {SUN}; border-bottom: 1px solid #E1E8E3; background: #FFF8E3; border-radius: 8px; }}
.k-alarm.grave {{ border-left-color: {RED}; background: #FBE9E7; }}
.k-flag {{ background: #FBE9E7; color: {RED}; border-radius: 8px; padding: 4px 10px; font-size: 14px; }}
.k-ask {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; width: 100%; }}
.k-report {{ display: flex; flex-direction: column; gap: 16px; margin-top: 8px; }}
.k-tiles {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; width: 100%; }}
.k-tile {{ background: #fff; border-radius: 16px; padding: 12px 16px; box-shadow: 0 1px 2px rgba(18, 33, 27, .12); }}
.k-tile .k-due {{ font-size: clamp(20px, 2.2vw, 28px); white-space: nowrap; }}
.k-upload {{ width: auto; max-width: 100%; max-height: none; background: transparent; }}
.k-upload .q-uploader__header {{ background: transparent; color: {INK}; display: flex; align-items: center; }}
.k-upload .q-uploader__list {{ display: none; }}
.k-import {{ display: flex; flex-direction: column; gap: 12px; padding: 16px; }}
.k-step {{ display: grid; grid-template-columns: 150px minmax(200px, 1fr) 220px minmax(200px, 1fr); gap: 4px 16px;
  padding: 8px 0; border-bottom: 1px solid #E3EAE5; }}
.k-chart {{ width: 100%; height: 320px; }}
.k-wide {{ overflow-x: auto; }}
.k-wide tbody tr {{ cursor: default; }}
.k-wide td:first-child, .k-wide th:first-child {{ position: sticky; left: 0; background: #fff; z-index: 1; }}
.k-sums td {{ font-weight: 700; border-top: 2px solid #C9D5CD; }}
@media (max-width: 600px) {{
  .k-page {{ padding: 12px; }}
  .k-step {{ grid-template-columns: 1fr; }}
  .k-step .k-num {{ text-align: left; }}
  .k-step > :empty {{ display: none; }}
  .k-ask {{ grid-template-columns: 1fr 1fr; }}
  .k-exports > .q-space, .k-exports > .row:empty {{ display: none; }}
  .k-exports > .q-btn {{ flex: 1 1 auto; }}
  .k-voucher {{ flex-direction: column; align-items: flex-start; gap: 2px; }}
  .k-voucher .k-num {{ text-align: left; }}
  .k-chart {{ height: 260px; }}
  .k-tile {{ padding: 10px 12px; }}
  .k-tile .k-due {{ font-size: 17px; }}
}}
"""
