(function(){
"use strict";
var cards=[].slice.call(document.querySelectorAll(".card")),at=-1;
// A picture used twice is stored once; show it again where scripts run.
document.querySelectorAll("a[data-pic]").forEach(function(a){
  var img=document.getElementById(a.getAttribute("data-pic"));
  if(!img)return;
  var again=img.cloneNode();again.removeAttribute("id");
  a.parentNode.insertBefore(again,a);a.parentNode.classList.add("pic");a.remove();
  var svg=again.parentNode.querySelector("svg");if(svg)svg.classList.remove("hide");
});
var buttons=[].slice.call(document.querySelectorAll(".filters button"));
function filter(which){
  buttons.forEach(function(b){b.setAttribute("aria-pressed",String(b.dataset.sev===which));});
  document.querySelectorAll(".block").forEach(function(s){s.classList.toggle("hide",which!=="all"&&s.dataset.sev!==which);});
}
buttons.forEach(function(b){b.addEventListener("click",function(){filter(b.dataset.sev);document.getElementById("findings").scrollIntoView();});});
document.querySelector(".filters").classList.remove("hide");
function reveal(){
  var target=location.hash.length>1&&document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if(!target)return;
  if(target.tagName==="DETAILS")target.open=true;
  var block=target.closest(".block");
  if(block&&block.classList.contains("hide"))filter("all");
  var fold=target.closest("details.fold");if(fold)fold.open=true;
  target.scrollIntoView();
}
addEventListener("hashchange",reveal);reveal();
function go(step){
  var seen=cards.filter(function(c){return c.offsetParent!==null;});
  if(!seen.length)return;
  at=Math.max(0,Math.min(seen.length-1,seen.indexOf(cards[at])+step));
  var card=seen[at];at=cards.indexOf(card);
  card.open=true;card.querySelector("summary").focus();card.scrollIntoView({block:"start"});
}
addEventListener("keydown",function(e){
  if(e.ctrlKey||e.metaKey||e.altKey)return;
  if(e.key==="j")go(1);
  else if(e.key==="k")go(-1);
  else if(e.key==="0")filter("all");
  else if("1234".indexOf(e.key)>=0&&buttons[+e.key])filter(buttons[+e.key].dataset.sev);
});
var shut=[];
addEventListener("beforeprint",function(){
  shut=[].slice.call(document.querySelectorAll("details.card:not([open])"));
  shut.forEach(function(d){d.open=true;});
});
addEventListener("afterprint",function(){shut.forEach(function(d){d.open=false;});});
})();
